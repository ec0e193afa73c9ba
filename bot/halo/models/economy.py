"""What the economy authority answers: how players look, and how far they are."""

from __future__ import annotations

from pydantic import Field

from bot.halo.models.base import PascalCaseModel
from bot.halo.models.progress import (
    CareerRanks,
    CareerRankValue,
    PlayerCareerRank,
    PlayerOperationPass,
    PlayerOperationPasses,
    RewardTrackProgress,
)
from bot.halo.models.values import Date

__all__ = [
    "AiCore",
    "AiCoreTheme",
    "AiCores",
    "Appearance",
    "AppearanceEmblem",
    "ArmorCore",
    "ArmorCoreTheme",
    "ArmorCores",
    "CareerRankValue",
    "CareerRanks",
    "Date",
    "PlayerCareerRank",
    "PlayerCustomization",
    "PlayerOperationPass",
    "PlayerOperationPasses",
    "RewardTrackProgress",
    "SpartanBody",
    "ThemeEmblem",
    "VehicleCore",
    "VehicleCoreTheme",
    "VehicleCores",
    "WeaponCore",
    "WeaponCoreTheme",
    "WeaponCores",
]


class ThemeEmblem(PascalCaseModel):
    """An emblem on a piece of equipment, as a path and two numbers that place and colour it."""

    path: str = ""
    location_id: int = 0
    configuration_id: int = 0


class ArmorCoreTheme(PascalCaseModel):
    """A set of armour, piece by piece, as paths to inventory items."""

    first_modified_date_utc: Date = Field(default_factory=Date)
    last_modified_date_utc: Date = Field(default_factory=Date)
    is_equipped: bool = False
    is_default: bool = False
    theme_path: str = ""
    coating_path: str = ""
    glove_path: str = ""
    helmet_path: str = ""
    helmet_attachment_path: str = ""
    chest_attachment_path: str = ""
    knee_pad_path: str = ""
    left_shoulder_pad_path: str = ""
    right_shoulder_pad_path: str = ""
    emblems: tuple[ThemeEmblem, ...] = ()
    armor_fx_path: str = ""
    mythic_fx_path: str = ""
    visor_path: str = ""
    hip_attachment_path: str = ""
    wrist_attachment_path: str = ""
    armor_fx_paths: tuple[str, ...] | None = None


class ArmorCore(PascalCaseModel):
    """A kind of armour and its sets."""

    core_path: str = ""
    is_equipped: bool = False
    themes: tuple[ArmorCoreTheme, ...] = ()
    core_id: str = ""
    core_type: str = ""


class ArmorCores(PascalCaseModel):
    """All armour of a player."""

    armor_cores: tuple[ArmorCore, ...] = ()


class SpartanBody(PascalCaseModel):
    """A Spartan's limbs, build and voice."""

    last_modified_date_utc: Date = Field(default_factory=Date)
    left_arm: str = ""
    right_arm: str = ""
    left_leg: str = ""
    right_leg: str = ""
    body_type: str = ""
    voice_path: str = ""


class AppearanceEmblem(PascalCaseModel):
    """The emblem on a player's banner."""

    emblem_path: str = ""
    configuration_id: int = 0


class Appearance(PascalCaseModel):
    """What others see beside a player's name; ``service_tag`` has up to 4 letters and digits."""

    last_modified_date_utc: Date = Field(default_factory=Date)
    action_pose_path: str = ""
    backdrop_image_path: str = ""
    emblem: AppearanceEmblem = Field(default_factory=AppearanceEmblem)
    service_tag: str = ""
    intro_emote_path: str | None = None
    player_title_path: str | None = None


class WeaponCoreTheme(PascalCaseModel):
    """How a weapon is decorated."""

    first_modified_date_utc: Date = Field(default_factory=Date)
    last_modified_date_utc: Date = Field(default_factory=Date)
    is_equipped: bool = False
    is_default: bool = False
    theme_path: str = ""
    coating_path: str = ""
    emblems: tuple[ThemeEmblem, ...] = ()
    death_fx_path: str = ""
    ammo_counter_color_path: str = ""
    stat_tracker_path: str = ""
    weapon_charm_path: str = ""
    alternate_geometry_region_path: str = ""


class WeaponCore(PascalCaseModel):
    """A weapon and its decorations."""

    core_path: str = ""
    themes: tuple[WeaponCoreTheme, ...] = ()
    core_id: str = ""
    core_type: str = ""


class WeaponCores(PascalCaseModel):
    """All weapons of a player."""

    weapon_cores: tuple[WeaponCore, ...] = ()


class AiCoreTheme(PascalCaseModel):
    """How the AI companion looks."""

    first_modified_date_utc: Date = Field(default_factory=Date)
    last_modified_date_utc: Date = Field(default_factory=Date)
    is_equipped: bool = False
    is_default: bool = False
    theme_path: str = ""
    model_path: str = ""
    color_path: str = ""


class AiCore(PascalCaseModel):
    """An AI companion and its looks."""

    core_path: str = ""
    is_equipped: bool = False
    themes: tuple[AiCoreTheme, ...] = ()
    core_id: str = ""
    core_type: str = ""


class AiCores(PascalCaseModel):
    """All AI companions of a player."""

    ai_cores: tuple[AiCore, ...] = ()


class VehicleCoreTheme(PascalCaseModel):
    """How a vehicle is decorated."""

    first_modified_date_utc: Date = Field(default_factory=Date)
    last_modified_date_utc: Date = Field(default_factory=Date)
    is_equipped: bool = False
    is_default: bool = False
    theme_path: str = ""
    coating_path: str = ""
    horn_path: str = ""
    vehicle_fx_path: str = ""
    vehicle_charm_path: str = ""
    emblems: tuple[ThemeEmblem, ...] = ()
    alternate_geometry_region_path: str = ""


class VehicleCore(PascalCaseModel):
    """A vehicle and its decorations."""

    core_id: str = ""
    core_path: str = ""
    themes: tuple[VehicleCoreTheme, ...] = ()
    core_type: str = ""


class VehicleCores(PascalCaseModel):
    """All vehicles of a player."""

    vehicle_cores: tuple[VehicleCore, ...] = ()


class PlayerCustomization(PascalCaseModel):
    """Everything that a player has chosen to look like."""

    armor_cores: ArmorCores = Field(default_factory=ArmorCores)
    spartan_body: SpartanBody = Field(default_factory=SpartanBody)
    appearance: Appearance = Field(default_factory=Appearance)
    weapon_cores: WeaponCores = Field(default_factory=WeaponCores)
    ai_cores: AiCores = Field(default_factory=AiCores)
    vehicle_cores: VehicleCores = Field(default_factory=VehicleCores)
