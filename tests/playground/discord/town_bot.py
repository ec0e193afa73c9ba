"""A bot made of unmodified discord.py parts that does everything the local Discord must carry."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

__all__ = ["PNG", "TOKEN", "TownBot"]

TOKEN = "town-token"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class Page(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"page:(?P<number>\d+)"):
    """A button that carries its state and so outlives the process."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(discord.ui.Button(label="Older", custom_id=f"page:{number}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        del interaction, item
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(
            content=f"page {self.number + 1}", view=pages(self.number + 1)
        )


def pages(number: int) -> discord.ui.View:
    view = discord.ui.View(timeout=60)
    view.add_item(Page(number))
    return view


class Ask(discord.ui.Modal, title="Which player?"):
    gamertag: discord.ui.Label[Any] = discord.ui.Label(
        text="Gamertag", component=discord.ui.TextInput(custom_id="gamertag", max_length=15)
    )

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        field = self.gamertag.component
        assert isinstance(field, discord.ui.TextInput)
        await interaction.response.send_message(f"asked for {field.value}", ephemeral=True)


class Menu(discord.ui.View):
    @discord.ui.select(
        custom_id="metric",
        options=[discord.SelectOption(label=name.title(), value=name) for name in ("kills", "csr")],
    )
    async def metric(self, interaction: discord.Interaction[Any], menu: discord.ui.Select[Any]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"by {menu.values[0]}")

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, interaction: discord.Interaction[Any], menu: discord.ui.UserSelect[Any]) -> None:
        await interaction.response.send_message(f"picked {menu.values[0].display_name}", ephemeral=True)

    @discord.ui.button(label="Ask", custom_id="ask")
    async def ask(self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]) -> None:
        del button
        await interaction.response.send_modal(Ask())


def picture(name: str = "medals.png", alt: str = "Three medals") -> discord.File:
    return discord.File(io.BytesIO(PNG), name, description=alt)


class TownBot(commands.AutoShardedBot):
    """Signs in with the guilds intent only; `hold` keeps `/slow` from answering until it is set."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            "!", intents=discord.Intents(guilds=True), help_command=None, guild_ready_timeout=0.05, **options
        )
        self.hold = asyncio.Event()
        self.errors: asyncio.Queue[BaseException] = asyncio.Queue()
        self.tree.error(self._failed)
        for command in (lastmatch, private, several, slow, menu, late, form, whoami, roll, vanish):
            self.tree.add_command(command)
        self.tree.add_command(app_commands.ContextMenu(name="Show rank", callback=show_rank))
        self.tree.add_command(app_commands.ContextMenu(name="Count words", callback=count_words))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify every shard at once: nobody limits it here."""

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Page)

    async def _failed(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        del interaction
        self.errors.put_nowait(error.__cause__ or error)


@app_commands.command()
@app_commands.describe(player="A gamertag", ago="How many matches back")
@app_commands.choices(kind=[app_commands.Choice(name=name.title(), value=name) for name in ("all", "custom")])
async def lastmatch(
    interaction: discord.Interaction[Any],
    player: app_commands.Range[str, 1, 15],
    ago: app_commands.Range[int, 0, 24] = 0,
    kind: str = "all",
) -> None:
    """Show a match."""
    await interaction.response.defer(thinking=True)
    embed = discord.Embed(title="Victory", description=f"{player} {ago} {kind}", color=0x00FF00)
    embed.set_image(url="attachment://medals.png")
    embed.add_field(name="K / D / A", value="10 / 5 / 3")
    await interaction.edit_original_response(embed=embed, attachments=[picture()], view=pages(1))


@lastmatch.autocomplete("player")
async def suggest(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed}{number}", value=f"{typed}{number}") for number in range(3)]


@app_commands.command()
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def private(interaction: discord.Interaction[Any]) -> None:
    """Answer the caller alone."""
    owners = "guild" if interaction.is_guild_integration() else "user"
    message = (
        f"{interaction.locale.value} {interaction.context.guild} {interaction.context.dm_channel} {owners}"
    )
    await interaction.response.send_message(message, ephemeral=True)


@app_commands.command()
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def several(interaction: discord.Interaction[Any], times: int) -> None:
    """Follow up several times."""
    await interaction.response.send_message("first")
    messages = [await interaction.followup.send(f"more {number}", wait=True) for number in range(times)]
    if messages:
        message = await messages[-1].edit(content="edited", attachments=[picture("a.png"), picture("b.png")])
        await message.edit(attachments=[message.attachments[0], picture("c.png")])


@app_commands.command()
async def slow(interaction: discord.Interaction[Any], ephemeral: bool = False) -> None:
    """Defer, wait to be let go, answer."""
    await interaction.response.defer(ephemeral=ephemeral, thinking=True)
    await client(interaction).hold.wait()
    await interaction.edit_original_response(content="at last")


@app_commands.command()
async def late(interaction: discord.Interaction[Any]) -> None:
    """Wait to be let go, then acknowledge."""
    await client(interaction).hold.wait()
    await interaction.response.send_message("too late?")


@app_commands.command()
async def menu(interaction: discord.Interaction[Any]) -> None:
    """Offer menus and a button."""
    await interaction.response.send_message("choose", view=Menu(timeout=60))


@app_commands.command()
async def form(interaction: discord.Interaction[Any]) -> None:
    """Open a form."""
    await interaction.response.send_modal(Ask())


@app_commands.command()
async def whoami(interaction: discord.Interaction[Any], member: discord.Member) -> None:
    """Name a member."""
    roles = ", ".join(role.name for role in member.roles)
    await interaction.response.send_message(f"{member.display_name}: {roles}")


@app_commands.command()
@app_commands.default_permissions(manage_guild=True)
async def vanish(interaction: discord.Interaction[Any]) -> None:
    """Defer in public, delete that, answer in private."""
    await interaction.response.defer(thinking=True)
    await interaction.delete_original_response()
    await interaction.followup.send("only you", ephemeral=True)


roll = app_commands.Group(name="roll", description="Dice")


@roll.command()
async def dice(interaction: discord.Interaction[Any], sides: int) -> None:
    """Roll."""
    await interaction.response.send_message(f"d{sides}")


async def show_rank(interaction: discord.Interaction[Any], user: discord.User) -> None:
    await interaction.response.send_message(f"rank of {user.display_name}", ephemeral=True)


async def count_words(interaction: discord.Interaction[Any], message: discord.Message) -> None:
    await interaction.response.send_message(f"{len(message.content.split())} words")


def client(interaction: discord.Interaction[Any]) -> TownBot:
    assert isinstance(interaction.client, TownBot)
    return interaction.client
