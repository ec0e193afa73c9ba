"""The medals: ids, names, weights, difficulty, type and personal score as the service lists them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DIFFICULTIES", "MEDALS", "MEDAL_TYPES", "Medal"]

DIFFICULTIES = ("normal", "heroic", "legendary", "mythic")
MEDAL_TYPES = ("spree", "mode", "multikill", "proficiency", "skill", "style")
_PURPOSE = {
    "spree": "Keep going without dying, until people talk about it.",
    "mode": "Do what this mode is about, at the right moment.",
    "multikill": "Defeat several enemies in quick succession.",
    "proficiency": "Show in one match that you master this trade.",
    "skill": "A shot, a throw or a blow that takes practice.",
    "style": "It worked, and it looked good.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Medal:
    """A medal of the metadata; ``sprite_index`` is its cell in the sheets, row by row.

    ``difficulty`` and ``type`` are places in :data:`DIFFICULTIES` and :data:`MEDAL_TYPES`.
    """

    name_id: int
    name: str
    sorting_weight: int
    difficulty: int
    type: int
    personal_score: int
    sprite_index: int

    @property
    def description(self) -> str:
        """What it is given for, in words of this world."""
        return _PURPOSE[MEDAL_TYPES[self.type]]


_FACTS: tuple[tuple[int, str, int, int, int, int], ...] = (
    # name id, name, sorting weight, difficulty, type, personal score
    (622331684, "Double Kill", 100, 1, 2, 50),
    (2063152177, "Triple Kill", 150, 2, 2, 100),
    (835814121, "Overkill", 220, 3, 2, 150),
    (2137071619, "Killtacular", 225, 3, 2, 200),
    (1430343434, "Killtrocity", 230, 3, 2, 250),
    (3835606176, "Killamanjaro", 235, 3, 2, 300),
    (2242633421, "Killtastrophe", 240, 3, 2, 350),
    (3352648716, "Killpocalypse", 245, 3, 2, 400),
    (3233051772, "Killionaire", 250, 3, 2, 350),
    (2780740615, "Killing Spree", 100, 1, 0, 100),
    (4261842076, "Killing Frenzy", 150, 2, 0, 200),
    (418532952, "Running Riot", 205, 3, 0, 300),
    (1486797009, "Rampage", 210, 3, 0, 400),
    (865763896, "Perfection", 200, 3, 1, 0),
    (3233952928, "Killjoy", 50, 0, 0, 5),
    (710323196, "Nightmare", 220, 3, 0, 500),
    (1720896992, "Boogeyman", 230, 3, 0, 600),
    (2567026752, "Grim Reaper", 240, 3, 0, 700),
    (2875941471, "Demon", 250, 3, 0, 800),
    (1680000231, "Flawless Victory", 150, 2, 1, 0),
    (1169390319, "Steaktacular", 150, 2, 1, 0),
    (3488248720, "Stopped Short", 50, 0, 1, 0),
    (976049027, "Flag Joust", 50, 0, 1, 0),
    (3227840152, "Goal Line Stand", 100, 1, 1, 0),
    (3011158621, "Necromancer", 150, 2, 1, 0),
    (3120600565, "Immortal", 150, 2, 1, 0),
    (2623698509, "Lone Wolf", 100, 1, 1, 0),
    (4247875860, "Duelist", 50, 0, 1, 0),
    (521420212, "Ace", 150, 2, 1, 0),
    (4100966367, "Extermination", 200, 3, 1, 0),
    (2477555653, "Spotter", 50, 0, 3, 0),
    (1685043466, "Treasure Hunter", 50, 0, 3, 0),
    (20397755, "Saboteur", 50, 0, 3, 0),
    (1284032216, "Wingman", 50, 0, 3, 0),
    (2926348688, "Wheelman", 50, 0, 3, 0),
    (3783455472, "Gunner", 50, 0, 3, 0),
    (3027762381, "Driver", 50, 0, 3, 0),
    (2593226288, "Pilot", 50, 0, 3, 0),
    (2278023431, "Tanker", 50, 0, 3, 0),
    (2852571933, "Rifleman", 50, 0, 3, 0),
    (1146876011, "Bomber", 50, 0, 3, 0),
    (2648272972, "Grenadier", 50, 0, 3, 0),
    (269174970, "Boxer", 50, 0, 3, 0),
    (1210678802, "Warrior", 50, 0, 3, 0),
    (1172766553, "Gunslinger", 50, 0, 3, 0),
    (3347922939, "Scattergunner", 50, 0, 3, 0),
    (4277328263, "Sharpshooter", 50, 0, 3, 0),
    (2758320809, "Marksman", 50, 0, 3, 0),
    (4086138034, "Heavy", 50, 0, 3, 0),
    (555849395, "Bodyguard", 50, 0, 3, 0),
    (548533137, "Back Smack", 50, 0, 4, 5),
    (2253222811, "Nuclear Football", 150, 2, 4, 0),
    (524758914, "Boom Block", 150, 2, 4, 0),
    (3114137341, "Bulltrue", 100, 1, 4, 5),
    (3905838030, "Cluster Luck", 100, 1, 4, 10),
    (1229018603, "Dogfight", 50, 0, 4, 0),
    (2418616582, "Harpoon", 50, 0, 4, 0),
    (1880789493, "Mind the Gap", 100, 1, 4, 0),
    (3085856613, "Ninja", 200, 3, 4, 0),
    (87172902, "Odin's Raven", 50, 0, 4, 5),
    (3876426273, "Pancake", 100, 1, 4, 0),
    (1312042926, "Quigley", 200, 3, 4, 10),
    (3160646854, "Remote Detonation", 200, 3, 4, 0),
    (3059799290, "Return to Sender", 150, 2, 4, 0),
    (656245292, "Rideshare", 100, 1, 4, 0),
    (731054446, "Skyjack", 50, 0, 4, 0),
    (3655682764, "Stick", 50, 0, 4, 10),
    (1841872491, "Tag & Bag", 100, 1, 4, 0),
    (1734214473, "Whiplash", 100, 1, 4, 0),
    (3546244406, "Kong", 50, 0, 4, 0),
    (1623236079, "Autopilot Engaged", 150, 2, 4, 0),
    (670606868, "Sneak King", 150, 2, 4, 0),
    (2827657131, "Windshield Wiper", 100, 1, 4, 5),
    (2123530881, "Reversal", 50, 0, 4, 10),
    (3934547153, "Hail Mary", 100, 1, 4, 5),
    (265478668, "Nade Shot", 100, 1, 4, 0),
    (4229934157, "Snipe", 50, 0, 4, 10),
    (1512363953, "Perfect", 100, 1, 4, 5),
    (2414983178, "Bank Shot", 100, 1, 4, 0),
    (988255960, "Fire & Forget", 100, 1, 4, 5),
    (4215552487, "Ballista", 100, 1, 4, 0),
    (4132863117, "Pull", 100, 1, 4, 0),
    (2602963073, "No Scope", 100, 1, 4, 10),
    (3217141618, "Achilles Spine", 150, 2, 4, 5),
    (1646928910, "Grand Slam", 150, 2, 4, 0),
    (3334154676, "Guardian Angel", 50, 0, 4, 10),
    (651256911, "Interlinked", 150, 2, 4, 0),
    (677323068, "Death Race", 100, 1, 4, 0),
    (1969067783, "Chain Reaction", 50, 0, 4, 0),
    (1427176344, "360", 150, 2, 5, 0),
    (641726424, "Combat Evolved", 150, 2, 5, 0),
    (2396845048, "Deadly Catch", 150, 2, 5, 0),
    (197913196, "Driveby", 150, 2, 5, 0),
    (1211820913, "Fastball", 200, 3, 5, 5),
    (3739610597, "Flyin' High", 50, 0, 5, 5),
    (2625820422, "From the Grave", 50, 0, 5, 10),
    (3588869844, "From the Void", 100, 1, 5, 0),
    (690125105, "Grapple-jack", 100, 1, 5, 0),
    (175594566, "Hold This", 100, 1, 5, 0),
    (3091261182, "Last Shot", 50, 0, 5, 5),
    (3475540930, "Lawnmower", 100, 1, 5, 0),
    (1065136443, "Mount Up", 50, 0, 5, 0),
    (1283796619, "Off the Rack", 100, 1, 5, 0),
    (2861418269, "Quick Draw", 50, 0, 5, 0),
    (3583966655, "Party's Over", 100, 1, 5, 0),
    (2019283350, "Pineapple Express", 100, 1, 5, 0),
    (1298835518, "Ramming Speed", 100, 1, 5, 0),
    (1445036152, "Reclaimer", 50, 0, 5, 0),
    (1169571763, "Shot Caller", 100, 1, 5, 0),
    (1176569867, "Yard Sale", 100, 1, 5, 0),
    (275666139, "Special Delivery", 50, 0, 5, 0),
    (2967011722, "Street Sweeper", 150, 2, 5, 0),
    (3732790338, "Fumble", 100, 1, 1, 0),
    (781229683, "Straight Balling", 150, 2, 1, 0),
    (1472686630, "Always Rotating", 50, 0, 1, 0),
    (3630529364, "Clock Stop", 100, 1, 1, 0),
    (221693153, "Splatter", 50, 0, 4, 5),
    (3528500956, "All That Juice", 150, 2, 1, 0),
    (1376646881, "Great Journey", 100, 1, 1, 0),
    (629165579, "Power Outage", 150, 2, 1, 0),
    (2750622016, "Breacher", 50, 0, 3, 0),
    (1331361851, "Mounted & Loaded", 100, 1, 5, 0),
    (2717755703, "Sole Survivor", 50, 0, 1, 0),
    (1025827095, "Culling", 100, 1, 1, 0),
    (88914608, "Blight", 100, 1, 1, 0),
    (557309779, "Zombie Slayer", 100, 1, 1, 0),
    (3467301935, "Purge", 150, 2, 1, 0),
    (1155542859, "Disease", 150, 2, 1, 0),
    (1447057920, "Undead Hunter", 150, 2, 1, 0),
    (1064731598, "Untainted", 150, 2, 1, 0),
    (1765213446, "Cleansing", 205, 3, 1, 0),
    (3786134933, "Plague", 205, 3, 1, 0),
    (217730222, "Hell's Janitor", 200, 3, 1, 0),
    (17866865, "The Sickness", 200, 3, 1, 0),
    (496411737, "Purification", 220, 3, 1, 0),
    (1719203329, "Pestilence", 210, 3, 1, 0),
    (2164872967, "Divine Intervention", 230, 3, 1, 0),
    (3520382976, "Scourge", 220, 3, 1, 0),
    (3653884673, "Apocalypse", 230, 3, 1, 0),
    (394349536, "Clear Reception", 101, 1, 1, 0),
    (4285712605, "Hang Up", 51, 0, 1, 0),
    (2964157454, "Call Blocked", 52, 0, 1, 0),
    (2426456555, "Secure Line", 101, 1, 1, 0),
    (3931425309, "Signal Block", 101, 1, 1, 0),
    (4007438389, "Blind Fire", 150, 2, 5, 0),
    (1477806194, "Counter-snipe", 100, 1, 4, 0),
    (1090931685, "Monopoly", 100, 1, 1, 0),
    (580478179, "Hill Guardian", 100, 1, 1, 0),
    (2848470465, "Death Cabbie", 150, 2, 0, 0),
    (3169118333, "Driving Spree", 100, 1, 0, 0),
    (1739996188, "Immortal Chauffeur", 200, 3, 0, 0),
)
MEDALS = tuple(
    Medal(
        name_id=name_id,
        name=name,
        sorting_weight=weight,
        difficulty=difficulty,
        type=kind,
        personal_score=personal_score,
        sprite_index=index,
    )
    for index, (name_id, name, weight, difficulty, kind, personal_score) in enumerate(_FACTS)
)
"""Every medal that the metadata lists; medals that only turn up in matches are not among them."""
