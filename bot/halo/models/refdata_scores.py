"""Every reason for personal score seen in a match, by its id, with its English name."""

from __future__ import annotations

from typing import Self

from bot.halo.models.open_enum import OpenIntEnum

__all__ = ["PersonalScoreNameId"]


class PersonalScoreNameId(OpenIntEnum):
    """What personal score was given for."""

    _value_: int
    _display_name: str

    def __new__(cls, value: int, display_name: str) -> Self:
        """A member is its number; its English name comes with it."""
        member = int.__new__(cls, value)
        member._value_ = value
        member._display_name = display_name
        return member

    @property
    def display_name(self) -> str:
        """The name shown in game, or one made of the id for a reason that is not in this table."""
        return getattr(self, "_display_name", f"Personal score {self.value}")

    BALL_CONTROL = 454168309, "Ball Control"
    BALL_TAKEN = 204144695, "Ball Taken"
    BETRAYED_PLAYER = 911992497, "Betrayed Player"
    CARRIER_KILLED = 4128329646, "Carrier Killed"
    CARRIER_STOPPED = 746397417, "Carrier Stopped"
    COLLECTED_BONUS_XP = 522435689, "Collected Bonus XP"
    CONVERSION_DENIED = 4247243561, "Conversion Denied"
    CUSTOM = 4294967295, "Custom"
    DESTROYED_BANSHEE = 597066859, "Destroyed Banshee"
    DESTROYED_CHOPPER = 3472794399, "Destroyed Chopper"
    DESTROYED_FALCON = 395875864, "Destroyed Falcon"
    DESTROYED_GHOST = 4254982885, "Destroyed Ghost"
    DESTROYED_GUNGOOSE = 2107631925, "Destroyed Gungoose"
    DESTROYED_MONGOOSE = 1416267372, "Destroyed Mongoose"
    DESTROYED_PHANTOM = 2742351765, "Destroyed Phantom"
    DESTROYED_RAZORBACK = 1661163286, "Destroyed Razorback"
    DESTROYED_ROCKET_WARTHOG = 2008690931, "Destroyed Rocket Warthog"
    DESTROYED_SCORPION = 3454330054, "Destroyed Scorpion"
    DESTROYED_WARTHOG = 3107879375, "Destroyed Warthog"
    DESTROYED_WASP = 2106274556, "Destroyed Wasp"
    DESTROYED_WRAITH = 3243589708, "Destroyed Wraith"
    DRIVER_ASSIST = 963594075, "Driver Assist"
    EMP_ASSIST = 221060588, "EMP Assist"
    ELIMINATED_PLAYER = 2408971842, "Eliminated Player"
    EXTRACTION_COMPLETED = 4130011565, "Extraction Completed"
    EXTRACTION_CONVERTED = 1117301492, "Extraction Converted"
    EXTRACTION_DENIED = 1552628741, "Extraction Denied"
    EXTRACTION_INITIATED = 1825517751, "Extraction Initiated"
    FLAG_CAPTURE_ASSIST = 555570945, "Flag Capture Assist"
    FLAG_CAPTURED = 601966503, "Flag Captured"
    FLAG_RETURNED = 22113181, "Flag Returned"
    FLAG_STOLEN = 3002710045, "Flag Stolen"
    FLAG_TAKEN = 2387185397, "Flag Taken"
    HACKED_TERMINAL = 665081740, "Hacked Terminal"
    HIJACKED_BANSHEE = 3150095814, "Hijacked Banshee"
    HIJACKED_CHOPPER = 1059880024, "Hijacked Chopper"
    HIJACKED_FALCON = 586857799, "Hijacked Falcon"
    HIJACKED_GHOST = 1614285349, "Hijacked Ghost"
    HIJACKED_GUNGOOSE = 4186766732, "Hijacked Gungoose"
    HIJACKED_MONGOOSE = 2191528998, "Hijacked Mongoose"
    HIJACKED_RAZORBACK = 2848565291, "Hijacked Razorback"
    HIJACKED_ROCKET_WARTHOG = 4294405210, "Hijacked Rocket Warthog"
    HIJACKED_WARTHOG = 1834653062, "Hijacked Warthog"
    HIJACKED_WASP = 674964649, "Hijacked Wasp"
    HILL_CONTROL = 340198991, "Hill Control"
    HILL_SCORED = 1032565232, "Hill Scored"
    KILL_ASSIST = 638246808, "Kill Assist"
    KILLED_PLAYER = 1024030246, "Killed Player"
    MARK_ASSIST = 152718958, "Mark Assist"
    POWER_SEED_SECURED = 2188620691, "Power Seed Secured"
    POWER_SEED_STOLEN = 3996338664, "Power Seed Stolen"
    REVIVE_DENIED = 2130209372, "Revive Denied"
    REVIVED_PLAYER = 3428202435, "Revived Player"
    RUNNER_STOPPED = 316828380, "Runner Stopped"
    SELF_DESTRUCTION = 249491819, "Self-destruction"
    SENSOR_ASSIST = 1267013266, "Sensor Assist"
    STOCKPILE_SCORED = 2801241965, "Stockpile Scored"
    ZONE_CAPTURED_50 = 3507884073, "Zone Captured"
    ZONE_CAPTURED_75 = 4026987576, "Zone Captured"
    ZONE_CAPTURED_100 = 757037588, "Zone Captured"
    ZONE_SECURED = 709346128, "Zone Secured"
