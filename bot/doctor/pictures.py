"""Pictures: fonts are installed, and a drawing process draws."""

from __future__ import annotations

from typing import Final

from bot.doctor.aside import aside
from bot.doctor.case import Case
from bot.doctor.finding import Finding, Verdict
from bot.draw.fonts import FontMissingError, find_faces
from bot.draw.medal_strip import MedalStrip, StripMedal
from bot.draw.studio import Studio
from bot.draw.worker import WorkerLostError

__all__ = ["check_pictures"]

WHAT = "Pictures"
DEADLINE_S = 20.0
PNG = b"\x89PNG"
REINSTALL = "Install Adjutant again: pip install --require-hashes -r requirements/run.txt"
SAMPLE: Final = MedalStrip(
    language="ja",
    title="Adjutant",
    hint="",
    medals=(StripMedal(name="Ægis 勲章", count="×1", difficulty=0, sprite=None),),
)


async def check_pictures(case: Case) -> list[Finding]:
    """Draw one, in a process of its own as the bot does."""
    del case
    return [await aside(_draw)]


def _draw() -> Finding:
    try:
        families = " and ".join(face.family for face in find_faces())
        with Studio(workers=1, deadline_s=DEADLINE_S) as studio:
            is_drawn = studio.draw(SAMPLE).result().startswith(PNG)
    except FontMissingError as error:
        return Finding(WHAT, Verdict.MEND, str(error), REINSTALL)
    except WorkerLostError:
        remedy = "It may have run out of memory: it takes about 150 MiB."
        return Finding(WHAT, Verdict.MEND, "the drawing process dies", remedy)
    except (OSError, RuntimeError, ImportError) as error:
        return Finding(WHAT, Verdict.MEND, f"nothing can be drawn ({type(error).__name__})", REINSTALL)
    if not is_drawn:
        return Finding(WHAT, Verdict.MEND, "what is drawn is no picture", REINSTALL)
    return Finding(WHAT, Verdict.FINE, f"can be drawn, with {families}")
