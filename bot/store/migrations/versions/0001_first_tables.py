"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.operations import Operations
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    """Make them."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    guid = sa.LargeBinary(16).with_variant(postgresql.UUID(), "postgresql")
    op.create_table(
        "players",
        sa.Column("id", number, nullable=False),
        sa.Column("xuid", sa.BigInteger(), nullable=True),
        sa.Column("gamertag", sa.String(length=64), nullable=True),
        sa.Column("tracked", sa.Boolean(), nullable=False),
        sa.Column("refreshed_at", sa.BigInteger(), nullable=True),
        sa.Column("last_match_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_players")),
        sa.UniqueConstraint("xuid", name=op.f("uq_players_xuid")),
    )
    op.create_table(
        "playlists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asset_id", guid, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlists")),
        sa.UniqueConstraint("asset_id", name=op.f("uq_playlists_asset_id")),
    )
    op.create_table(
        "seasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seasons")),
        sa.UniqueConstraint("path", name=op.f("uq_seasons_path")),
    )
    op.create_table(
        "servers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_servers")),
    )
    op.create_table(
        "turns",
        sa.Column("server_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("server_id", name=op.f("pk_turns")),
    )
    op.create_table(
        "versions",
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_versions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "codes",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("player_id", number, nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("checks_left", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_codes_player_id")),
        sa.PrimaryKeyConstraint("user_id", "player_id", name=op.f("pk_codes")),
    )
    op.create_index(op.f("ix_codes_expires_at"), "codes", ["expires_at"], unique=False)
    op.create_index(op.f("ix_codes_player_id"), "codes", ["player_id"], unique=False)
    op.create_table(
        "gamertags",
        sa.Column("player_id", number, nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("gamertag", sa.String(length=64), nullable=False),
        sa.Column("folded", sa.String(length=64), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_gamertags_player_id")),
        sa.PrimaryKeyConstraint("player_id", "first_seen_at", name=op.f("pk_gamertags")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_gamertags_folded"), "gamertags", ["folded"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", number, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("server_id", sa.BigInteger(), nullable=True),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column("player_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("lease_id", guid, nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_jobs_player_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_jobs_kind")),
    )
    op.create_index(op.f("ix_jobs_due_at"), "jobs", ["due_at"], unique=False)
    op.create_index(op.f("ix_jobs_player_id"), "jobs", ["player_id"], unique=False)
    op.create_index(op.f("ix_jobs_server_id"), "jobs", ["server_id"], unique=False)
    op.create_index(op.f("ix_jobs_user_id"), "jobs", ["user_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("user_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("player_id", number, nullable=False),
        sa.Column("linked_at", sa.BigInteger(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_links_player_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_links")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_links_player_id"), "links", ["player_id"], unique=False)
    op.create_table(
        "matches",
        sa.Column("id", number, nullable=False),
        sa.Column("match_id", guid, nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("mode_category", sa.SmallInteger(), nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=True),
        sa.Column("season_id", sa.Integer(), nullable=True),
        sa.Column("matchmade", sa.Boolean(), nullable=False),
        sa.Column("pvp", sa.Boolean(), nullable=False),
        sa.Column("ranked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], name=op.f("fk_matches_playlist_id")),
        sa.ForeignKeyConstraint(["season_id"], ["seasons.id"], name=op.f("fk_matches_season_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matches")),
        sa.UniqueConstraint("match_id", name=op.f("uq_matches_match_id")),
    )
    op.create_index(op.f("ix_matches_ended_at"), "matches", ["ended_at"], unique=False)
    op.create_table(
        "medal_totals",
        sa.Column("player_id", number, nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("medal_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("earned", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_medal_totals_player_id")),
        sa.PrimaryKeyConstraint(
            "player_id", "scope_id", "medal_id", "position", name=op.f("pk_medal_totals")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshots",
        sa.Column("player_id", number, nullable=False),
        sa.Column("playlist_id", sa.Integer(), nullable=False),
        sa.Column("season_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=True),
        sa.Column("season_max", sa.Integer(), nullable=True),
        sa.Column("all_time_max", sa.Integer(), nullable=True),
        sa.Column("placement_left", sa.SmallInteger(), nullable=False),
        sa.Column("placement_matches", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_snapshots_player_id")),
        sa.ForeignKeyConstraint(["playlist_id"], ["playlists.id"], name=op.f("fk_snapshots_playlist_id")),
        sa.ForeignKeyConstraint(["season_id"], ["seasons.id"], name=op.f("fk_snapshots_season_id")),
        sa.PrimaryKeyConstraint(
            "player_id", "playlist_id", "season_id", "taken_at", name=op.f("pk_snapshots")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_snapshots_player_id"), "snapshots", ["player_id", "playlist_id", "taken_at"], unique=False
    )
    op.create_table(
        "totals",
        sa.Column("player_id", number, nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("matches", sa.Integer(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("kills", sa.BigInteger(), nullable=False),
        sa.Column("deaths", sa.BigInteger(), nullable=False),
        sa.Column("assists", sa.BigInteger(), nullable=False),
        sa.Column("headshots", sa.BigInteger(), nullable=False),
        sa.Column("perfects", sa.BigInteger(), nullable=False),
        sa.Column("shots", sa.BigInteger(), nullable=False),
        sa.Column("hits", sa.BigInteger(), nullable=False),
        sa.Column("damage", sa.BigInteger(), nullable=False),
        sa.Column("played_ms", sa.BigInteger(), nullable=False),
        sa.Column("objective_ms", sa.BigInteger(), nullable=False),
        sa.Column("longest_spree", sa.Integer(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_totals_player_id")),
        sa.PrimaryKeyConstraint("player_id", "scope_id", "position", name=op.f("pk_totals")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lines",
        sa.Column("match_id", number, nullable=False),
        sa.Column("player_id", number, nullable=False),
        sa.Column("outcome", sa.SmallInteger(), nullable=False),
        sa.Column("kills", sa.Integer(), nullable=False),
        sa.Column("deaths", sa.Integer(), nullable=False),
        sa.Column("assists", sa.Integer(), nullable=False),
        sa.Column("headshots", sa.Integer(), nullable=False),
        sa.Column("perfects", sa.Integer(), nullable=False),
        sa.Column("shots", sa.Integer(), nullable=False),
        sa.Column("hits", sa.Integer(), nullable=False),
        sa.Column("damage", sa.Integer(), nullable=False),
        sa.Column("played_ms", sa.BigInteger(), nullable=False),
        sa.Column("objective_ms", sa.BigInteger(), nullable=False),
        sa.Column("longest_spree", sa.Integer(), nullable=False),
        sa.Column("medals", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name=op.f("fk_lines_match_id")),
        sa.ForeignKeyConstraint(["player_id"], ["players.id"], name=op.f("fk_lines_player_id")),
        sa.PrimaryKeyConstraint("match_id", "player_id", name=op.f("pk_lines")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_lines_player_id"), "lines", ["player_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["server_id"], ["servers.id"], name=op.f("fk_memberships_server_id")),
        sa.ForeignKeyConstraint(["user_id"], ["links.user_id"], name=op.f("fk_memberships_user_id")),
        sa.PrimaryKeyConstraint("server_id", "user_id", name=op.f("pk_memberships")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_memberships_seen_at"), "memberships", ["seen_at"], unique=False)
    op.create_index(op.f("ix_memberships_user_id"), "memberships", ["user_id"], unique=False)
