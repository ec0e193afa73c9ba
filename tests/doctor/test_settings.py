"""The doctor on the settings: each problem is named, and what depends on it waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Settings
from bot.doctor import Case, Verdict, check_all, load_case
from tests.doctor.conftest import FAST
from tests.stage import make_settings


def test_every_problem_of_the_settings_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ADJUTANT_{name.upper()}", raising=False)
    (tmp_path / ".env").write_text(
        "ADJUTANT_OPERATOR=Ada\nADJUTANT_DRAW_WORKERS=none\nADJUTANT_LOGLEVEL=INFO\n"
    )
    monkeypatch.setenv("ADJUTANT_HEALTH_PORT", "x")
    monkeypatch.setenv("ADJUTANT_AZURE_CLIENT_SECRET_FILE", "/nowhere")

    case = load_case()

    assert case.invalid.keys() == {"health_port", "draw_workers", "azure_client_secret"}
    assert case.unknown == ["ADJUTANT_LOGLEVEL"]
    assert case.settings.operator == "Ada"


async def test_each_problem_of_the_settings_has_a_line_and_what_depends_on_it_waits() -> None:
    settings = make_settings(Path("nowhere"), azure_client_secret="of-no-use")
    invalid = {
        "health_port": "ADJUTANT_HEALTH_PORT is not valid.",
        "data_dir": "ADJUTANT_DATA_DIR is not valid.",
    }
    case = Case(settings=settings, invalid=invalid, unknown=["ADJUTANT_LOGLEVEL"])

    problems, *others = await check_all(case, FAST)

    told = [finding.found for finding in problems]
    assert {finding.verdict for finding in problems} == {Verdict.MEND}
    assert told[:2] == list(invalid.values())
    for words in ("ADJUTANT_LOGLEVEL is no", "ADJUTANT_DISCORD_TOKEN is not set", "There is no Halo sign-in",
                  "ADJUTANT_AZURE_CLIENT_SECRET is of no use without ADJUTANT_AZURE_CLIENT_ID"):  # fmt: skip
        assert sum(words in sentence for sentence in told) == 1, words
    assert all(finding.verdict is Verdict.NOT_REACHED for section in others for finding in section)
    assert others[0][0].found == "waits for ADJUTANT_DATA_DIR (see Settings)"


async def test_an_env_file_that_cannot_be_read_keeps_everything_waiting_that_goes_by_it() -> None:
    case = Case(settings=make_settings(Path("nowhere")), invalid={".env": "The file .env is not UTF-8 text."})

    problems, *others = await check_all(case, FAST)

    assert problems[0].found == "The file .env is not UTF-8 text."
    assert all(finding.verdict is Verdict.NOT_REACHED for section in others for finding in section)
