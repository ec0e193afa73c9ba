"""Settings: everything the operator can say, read once from the environment and ``.env``.

Every name has the prefix ``ADJUTANT_``; a secret may also be given as a file, by the same name with
``_FILE`` behind it (Docker and Kubernetes secrets).
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import ClassVar, Literal, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.halo.transport.origin import parse_origin

__all__ = [
    "DISCORD_API",
    "ENV_FILE",
    "PREFIX",
    "ConfigurationError",
    "InvalidSettingsError",
    "Settings",
    "UnavailableError",
    "load_settings",
    "setting",
    "unknown_names",
]

PREFIX = "ADJUTANT_"
DISCORD_API = "https://discord.com/api/v10"
ENV_FILE = ".env"


class ConfigurationError(Exception):
    """The operator has to change a setting; the message is one sentence that says which and how."""

    exit_code: ClassVar[int] = 78  # sysexits.h: EX_CONFIG


class UnavailableError(ConfigurationError):
    """A service cannot be reached at the start, though the settings may be right."""

    exit_code = 75  # sysexits.h: EX_TEMPFAIL, worth another start


class InvalidSettingsError(ConfigurationError):
    """Settings that cannot be used; the message has them all.

    Attributes:
        problems: A sentence for each, by the field of :class:`Settings`, or by the name of the file
            that cannot be read.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class _SecretFiles(PydanticBaseSettingsSource):
    """Reads ``ADJUTANT_X_FILE`` for every secret ``x``: its value is the file's content, stripped."""

    def __init__(self, settings_cls: type[BaseSettings], said: Mapping[str, str]) -> None:
        super().__init__(settings_cls)
        self._said = said

    def get_field_value(self, field: object, field_name: str) -> tuple[str | None, str, bool]:
        """Return the content of the file that names this field, if there is one."""
        path = self._said.get(f"{PREFIX}{field_name}_FILE".lower())
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text("utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not text"
            told = f"{setting(field_name)}_FILE names a file that cannot be read ({reason})."
            raise InvalidSettingsError({field_name: told}) from None

    def __call__(self) -> dict[str, str]:
        """Collect the secrets given as files; one that is already known otherwise is not looked for."""
        found: dict[str, str] = {}
        problems: dict[str, str] = {}
        for name in sorted(_secret_names(self.settings_cls) - self.current_state.keys()):
            try:
                found[name] = self.get_field_value(None, name)[0] or ""
            except InvalidSettingsError as error:
                problems |= error.problems
        if problems:
            raise InvalidSettingsError(problems)
        return {name: value for name, value in found.items() if value}


class Settings(BaseSettings):
    """What the operator decided. Secrets never show in a repr or an error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token from Discord's developer portal."
    )
    discord_api_base: str = Field(default=DISCORD_API, description="Where Discord's REST API lives.")
    halo_origin: str = Field(default="", description="A stand-in for every Halo, Xbox and Microsoft host.")
    azure_client_id: str = Field(default="", description="The Azure application that signs in to Halo.")
    azure_client_secret: SecretStr | None = Field(
        default=None, description="Its secret; a public client has none."
    )
    azure_refresh_token: SecretStr | None = Field(
        default=None, description="A first refresh token; later ones are kept in the data folder."
    )
    keyring: bool = Field(
        default=False, description="Keep the sign-in in the system's keyring instead of a file."
    )
    halo_spartan_token: SecretStr | None = Field(default=None, description="A Spartan token given by hand.")
    halo_clearance_token: SecretStr | None = Field(
        default=None, description="The clearance that goes with it."
    )
    data_dir: Path = Field(default=Path("data"), description="Cache and everything else that is kept.")
    cache_max_mb: int = Field(
        default=512, ge=16, le=1_000_000, description="The HTTP cache's size bound in MiB."
    )
    database_url: SecretStr | None = Field(
        default=None, description="The database; default: the file adjutant.sqlite in the data folder."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "console", "json"] = "auto"
    health_host: str = Field(default="127.0.0.1", description="Address of /healthz and /metrics.")
    health_port: int | None = Field(
        default=None, ge=0, le=65535, description="Port of /healthz and /metrics; none: off."
    )
    playground_port: int = Field(default=8343, ge=1, le=65535, description="Port of the playground's page.")
    draw_workers: int = Field(default=2, ge=1, le=16, description="Processes that draw pictures.")
    operator: str = Field(default="", max_length=100, description="Who runs this bot, as /help shows it.")
    privacy_url: str = Field(default="", max_length=300, description="A privacy text of your own for /help.")

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        return value.upper() if value.upper() in {"DEBUG", "INFO", "WARNING", "ERROR"} else value.lower()

    @field_validator("discord_api_base", "halo_origin")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.strip().rstrip("/")

    @field_validator("discord_api_base")
    @classmethod
    def _http_address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("it is no http address")
        return value

    @field_validator("halo_origin")
    @classmethod
    def _origin(cls, value: str) -> str:
        try:
            parse_origin(value)
        except ValueError:
            # Its own words show the value.
            raise ValueError(
                "it must be like http://127.0.0.1:8343 or https://host/path, and plain http for this machine only"
            ) from None
        return value

    @field_validator(
        "discord_token",
        "azure_client_secret",
        "azure_refresh_token",
        "halo_spartan_token",
        "halo_clearance_token",
    )
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\s*[!-~]*\s*", value.get_secret_value()):
            raise ValueError("it has characters in it that no token has")
        return value

    @field_validator("azure_client_id")
    @classmethod
    def _id(cls, value: str) -> str:
        if not re.fullmatch(r"[\w-]*", value.strip(), re.ASCII):
            raise ValueError("it is no application (client) id")
        return value.strip()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, that over secret files, these over ``.env``."""
        secret_files = _SecretFiles(settings_cls, {**_in_file(dotenv_settings), **_in_environment()})
        return init_settings, env_settings, secret_files, dotenv_settings

    def secrets(self) -> Mapping[str, str]:
        """The secret values that are set, by setting name: what must never reach a log."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return {k: v.get_secret_value() for k, v in values.items() if isinstance(v, SecretStr)}

    def require(self, *names: str) -> tuple[str, ...]:
        """Return the named secrets' values.

        Raises:
            ConfigurationError: One of them is not set; the message names all that are missing.
        """
        secrets = self.secrets()
        missing = [f"{PREFIX}{name.upper()}" for name in names if not secrets.get(name, "").strip()]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            raise ConfigurationError(
                f"{' and '.join(missing)} {verb} not set: set it in the environment or in .env (see .env.example)."
            )
        return tuple(secrets[name].strip() for name in names)


class _SettingsWithoutFile(Settings):
    """What only the environment says."""

    model_config = SettingsConfigDict(env_file=None)


def setting(field: str) -> str:
    """Return the name by which the operator knows a field."""
    return f"{PREFIX}{field.upper()}"


def load_settings(*, without: Collection[str] = ()) -> Settings:
    """Read the settings.

    Args:
        without: Fields, or files, that an :class:`InvalidSettingsError` named: these are left at their
            defaults.

    Raises:
        InvalidSettingsError: A value is not what its setting takes; the message never shows the value.
    """
    defaults = {name: field.default for name, field in Settings.model_fields.items() if name in without}
    try:
        return (_SettingsWithoutFile if ENV_FILE in without else Settings)(**defaults)
    except UnicodeDecodeError:
        raise InvalidSettingsError({ENV_FILE: "The file .env is not UTF-8 text: save it as that."}) from None
    except OSError as error:
        told = f"The file .env cannot be read ({error.strerror})."
        raise InvalidSettingsError({ENV_FILE: told}) from None
    except ValidationError as error:
        raise InvalidSettingsError(_told(error)) from None


def unknown_names() -> list[str]:
    """Return what looks like a setting, in the environment or ``.env``, and is none: misspelt, or of old."""
    known = {f"{PREFIX}{name}".lower() for name in Settings.model_fields}
    known |= {f"{PREFIX}{name}_file".lower() for name in _secret_names(Settings)}
    try:
        said = {**_in_file(DotEnvSettingsSource(Settings)), **_in_environment()}
    except (OSError, UnicodeDecodeError):
        said = _in_environment()
    return sorted(name.upper() for name in said.keys() - known if name.startswith(PREFIX.lower()))


def _secret_names(settings_cls: type[BaseSettings]) -> set[str]:
    fields = settings_cls.model_fields.items()
    return {name for name, field in fields if SecretStr in get_args(field.annotation)}


def _in_environment() -> dict[str, str]:
    return {name.lower(): value for name, value in os.environ.items()}


def _in_file(source: PydanticBaseSettingsSource) -> dict[str, str]:
    """Return what ``.env`` says, by lower-case name."""
    if not isinstance(source, DotEnvSettingsSource):
        return {}
    return {name.lower(): value for name, value in source.env_vars.items() if value is not None}


def _told(error: ValidationError) -> dict[str, str]:
    """Return a sentence for each setting that is not valid, without its value."""
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False, include_context=False):
        field = "_".join(str(part) for part in detail["loc"])
        reason = detail["msg"].removeprefix("Value error, ")
        found.setdefault(field, f"{setting(field)} is not valid: {reason}.")
    return found
