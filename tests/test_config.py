from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import ConfigurationError, Settings, load_settings

TOKEN = "not-a-real-token-0123456789"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"ADJUTANT_{name.upper()}", raising=False)
        monkeypatch.delenv(f"ADJUTANT_{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADJUTANT_LOG_LEVEL=warning\nADJUTANT_DATA_DIR=from-file\n")
    monkeypatch.setenv("ADJUTANT_DATA_DIR", "from-environment")

    settings = load_settings()

    assert settings.log_level == "WARNING"
    assert settings.data_dir == Path("from-environment")


def test_a_secret_can_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN_FILE", str(tmp_path / "secret"))

    assert load_settings().require("discord_token") == (TOKEN,)


def test_a_secret_file_that_is_missing_is_told_without_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN_FILE", "/nowhere/secret")

    with pytest.raises(ConfigurationError, match="ADJUTANT_DISCORD_TOKEN_FILE") as caught:
        load_settings()

    assert "/nowhere" not in str(caught.value)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_settings().require("halo_spartan_token", "halo_clearance_token")

    assert "ADJUTANT_HALO_SPARTAN_TOKEN and ADJUTANT_HALO_CLEARANCE_TOKEN are not set" in str(caught.value)


def test_a_wrong_value_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUTANT_HEALTH_PORT", "seventy-thousand")

    with pytest.raises(ConfigurationError, match="ADJUTANT_HEALTH_PORT") as caught:
        load_settings()

    assert "seventy" not in str(caught.value)


def test_secrets_show_in_no_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN", TOKEN)

    settings = load_settings()

    assert TOKEN not in repr(settings)
    assert TOKEN in settings.secrets().values()
