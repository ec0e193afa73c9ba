"""The reference data of Halo Infinite: every enumeration the services use.

All of them are open: a value that is not listed becomes a readable member of its own and never an error.
"""

from __future__ import annotations

from bot.halo.models.open_enum import OpenIntEnum, OpenStrEnum, OpenValueEnum
from bot.halo.models.refdata_medals import MedalNameId
from bot.halo.models.refdata_names import BOT_NAMES, TEAM_NAMES
from bot.halo.models.refdata_scores import PersonalScoreNameId

__all__ = [
    "BOT_NAMES",
    "TEAM_NAMES",
    "AssetHome",
    "AssetKind",
    "BotDifficulty",
    "CloneBehavior",
    "FilmChunkType",
    "FilmStatus",
    "GameVariantCategory",
    "GameplayInteraction",
    "InspectionResult",
    "LifecycleMode",
    "MatchVisibility",
    "MedalDifficulty",
    "MedalNameId",
    "MedalType",
    "Outcome",
    "PersonalScoreNameId",
    "PlayerType",
    "PlaylistBotDifficulty",
    "PlaylistDeviceInput",
    "PlaylistEntrySelectionStrategy",
    "PlaylistExperience",
    "SkillResultCode",
    "SubTier",
    "Tier",
]


class AssetHome(OpenIntEnum):
    """Whose asset it is."""

    UNKNOWN = 0
    STUDIO = 1
    PLAYER = 2


class AssetKind(OpenIntEnum):
    """What an asset is."""

    UNKNOWN = 0
    FILM = 1
    MAP = 2
    PLAYLIST = 3
    PREFAB = 4
    TEST_ASSET = 5
    UGC_GAME_VARIANT = 6
    MAP_MODE_PAIR = 7
    PROJECT = 8
    MANIFEST = 9
    ENGINE_GAME_VARIANT = 10


class BotDifficulty(OpenIntEnum):
    """How strong a bot in a match plays."""

    UNKNOWN = -1
    MARINE = 1
    ODST = 2
    SPARTAN = 3
    RECRUIT = 4
    ADAPTIVE = 5


class CloneBehavior(OpenIntEnum):
    """What copying an asset does."""

    DEFAULT = 0
    TEMPLATE = 1
    PROHIBITED = 2


class FilmChunkType(OpenIntEnum):
    """What a chunk of a film holds; the last one of a finished film has the highlight events."""

    NONE = 0
    FILM_HEADER = 1
    REPLICATION_DATA = 2
    HIGHLIGHT_EVENTS = 3


class FilmStatus(OpenIntEnum):
    """Whether a film is complete."""

    UNKNOWN = 0
    COMPLETE = 1
    ONGOING = 2
    RECOVERED = 3


class GameplayInteraction(OpenIntEnum):
    """Who fights whom."""

    UNKNOWN = -1
    NONE = 0
    PVP = 1
    PVE = 2
    PVPVE = 3


class GameVariantCategory(OpenIntEnum):
    """The mode a match was played in; updates add numbers."""

    UNKNOWN = -1
    NONE = 0
    CAMPAIGN = 1
    FORGE = 2
    ACADEMY = 3
    ACADEMY_TUTORIAL = 4
    ACADEMY_PRACTICE = 5
    MULTIPLAYER_SLAYER = 6
    MULTIPLAYER_ATTRITION = 7
    MULTIPLAYER_ELIMINATION = 8
    MULTIPLAYER_FIESTA = 9
    MULTIPLAYER_SWAT = 10
    MULTIPLAYER_STRONGHOLDS = 11
    MULTIPLAYER_BASTION = 12
    MULTIPLAYER_KING_OF_THE_HILL = 13
    MULTIPLAYER_TOTAL_CONTROL = 14
    MULTIPLAYER_CTF = 15
    MULTIPLAYER_ASSAULT = 16
    MULTIPLAYER_EXTRACTION = 17
    MULTIPLAYER_ODDBALL = 18
    MULTIPLAYER_STOCKPILE = 19
    MULTIPLAYER_JUGGERNAUT = 20
    MULTIPLAYER_REGICIDE = 21
    MULTIPLAYER_INFECTION = 22
    MULTIPLAYER_ESCORT = 23
    MULTIPLAYER_GUN_GAME = 24
    MULTIPLAYER_GRIFBALL = 25
    MULTIPLAYER_RACE = 26
    MULTIPLAYER_PROTOTYPE = 27
    TEST = 28
    TEST_ACADEMY = 29
    TEST_AUDIO = 30
    TEST_CAMPAIGN = 31
    TEST_ENGINE = 32
    TEST_FORGE = 33
    TEST_GRAPHICS = 34
    TEST_MULTIPLAYER = 35
    TEST_SANDBOX = 36
    ACADEMY_TRAINING = 37
    ACADEMY_WEAPON_DRILL = 38
    MULTIPLAYER_LAND_GRAB = 39
    MULTIPLAYER_MINIGAME = 41
    MULTIPLAYER_FIREFIGHT = 42


class InspectionResult(OpenIntEnum):
    """What moderation made of an asset."""

    UNKNOWN = 0
    TOLERABLE = 5
    STUDIO_CONTENT = 50


class LifecycleMode(OpenIntEnum):
    """How a match came about; custom ones have no playlist, season, experience or map-mode pair."""

    CUSTOM = 1
    MATCHMADE = 3
    CUSTOM_LAN = 7


class MedalDifficulty(OpenIntEnum):
    """How rare a medal is; the index into the metadata's list."""

    NORMAL = 0
    HEROIC = 1
    LEGENDARY = 2
    MYTHIC = 3


class MedalType(OpenIntEnum):
    """What a medal is given for; the index into the metadata's list."""

    SPREE = 0
    MODE = 1
    MULTIKILL = 2
    PROFICIENCY = 3
    SKILL = 4
    STYLE = 5


class Outcome(OpenIntEnum):
    """How a match ended for a player or team."""

    UNKNOWN = -1
    NONE = 0
    TIE = 1
    WIN = 2
    LOSS = 3
    DID_NOT_FINISH = 4
    DID_NOT_START = 5


class PlayerType(OpenIntEnum):
    """Who plays."""

    UNKNOWN = -1
    HUMAN = 1
    BOT = 2


class PlaylistBotDifficulty(OpenIntEnum):
    """How strong a playlist's bots play."""

    AUTOMATIC = 0
    RECRUIT = 1
    MARINE = 2
    ODST = 3
    SPARTAN = 4


class PlaylistDeviceInput(OpenIntEnum):
    """What a playlist lets people play with."""

    UNKNOWN = 0
    CONTROLLER = 1
    MOUSE_KEYBOARD = 2


class PlaylistEntrySelectionStrategy(OpenIntEnum):
    """How a playlist picks its next map-mode pair."""

    WEIGHTED = 0
    NO_REPEAT = 1


class PlaylistExperience(OpenIntEnum):
    """The kind of playlist."""

    UNKNOWN = -1
    NONE = 0
    UNTRACKED = 1
    ARENA = 2
    BTB = 3
    PVE_BOTS = 4
    FEATURED = 5
    PVE = 6


class SkillResultCode(OpenIntEnum):
    """Whether one player of a batch has a result."""

    SUCCESS = 0
    NOT_FOUND = 1
    SERVICE_FAILURE = 2
    SERVICE_UNAVAILABLE = 3
    FORBIDDEN = 4


class MatchVisibility(OpenIntEnum):
    """Whether others may see a player's list of matches."""

    UNKNOWN = 0
    SHOWN = 1
    HIDDEN = 2


class SubTier(OpenValueEnum):
    """A sixth of a tier; the value counts from 0, people from 1."""

    I = 0  # noqa: E741
    II = 1
    III = 2
    IV = 3
    V = 4
    VI = 5

    @classmethod
    def from_int(cls, value: int) -> SubTier:
        """The sub-tier that people call ``value``, counting from 1."""
        return cls(value - 1)

    def to_int(self) -> int:
        """The number that people call it, counting from 1."""
        return int(self.value) + 1


class Tier(OpenStrEnum):
    """A tier of CSR, in ascending order."""

    UNRANKED = ""
    BRONZE = "Bronze"
    SILVER = "Silver"
    GOLD = "Gold"
    PLATINUM = "Platinum"
    DIAMOND = "Diamond"
    ONYX = "Onyx"
