from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import (
    ConfigurationError,
    InvalidSettingsError,
    Settings,
    load_settings,
    unknown_names,
)

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


def test_a_secret_file_can_be_named_in_the_env_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(TOKEN)
    (tmp_path / ".env").write_text(f"ADJUTANT_DISCORD_TOKEN_FILE={tmp_path}/secret\n")

    assert load_settings().require("discord_token") == (TOKEN,)


def test_a_secret_file_is_not_looked_for_where_the_secret_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN_FILE", "/nowhere/secret")
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN", TOKEN)

    assert load_settings().require("discord_token") == (TOKEN,)


def test_every_wrong_setting_is_named_and_the_rest_can_still_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ADJUTANT_HEALTH_PORT", "x")
    monkeypatch.setenv("ADJUTANT_DRAW_WORKERS", "-3")
    monkeypatch.setenv("ADJUTANT_OPERATOR", "Ada")

    with pytest.raises(InvalidSettingsError) as caught:
        load_settings()
    settings = load_settings(without=caught.value.problems)

    assert caught.value.problems.keys() == {"health_port", "draw_workers"}
    assert all(sentence in str(caught.value) for sentence in caught.value.problems.values())
    assert (settings.health_port, settings.draw_workers, settings.operator) == (None, 2, "Ada")


def test_every_secret_file_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN_FILE", "/nowhere/a")
    monkeypatch.setenv("ADJUTANT_AZURE_CLIENT_SECRET_FILE", "/nowhere/b")

    with pytest.raises(InvalidSettingsError) as caught:
        load_settings()

    assert caught.value.problems.keys() == {"discord_token", "azure_client_secret"}
    assert load_settings(without=caught.value.problems).secrets() == {}


def test_an_env_file_that_cannot_be_read_is_told_and_can_be_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_bytes(b"ADJUTANT_OPERATOR=\xff")
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN", TOKEN)

    with pytest.raises(InvalidSettingsError, match=r"\.env") as caught:
        load_settings()

    assert load_settings(without=caught.value.problems).require("discord_token") == (TOKEN,)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HALO_ORIGIN", "http://192.0.2.1/secret-path"),
        ("HALO_ORIGIN", "secret-path"),
        ("AZURE_CLIENT_ID", "secret id"),
        ("AZURE_CLIENT_SECRET", "secret\u00e9"),
        ("AZURE_REFRESH_TOKEN", "secret two words"),
        ("KEYRING", "secret"),
    ],
)
def test_a_value_that_cannot_be_one_is_refused_without_being_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"ADJUTANT_{name}", value)

    with pytest.raises(ConfigurationError, match=f"ADJUTANT_{name} is not valid") as caught:
        load_settings()

    assert "secret" not in str(caught.value)


def test_names_that_are_no_setting_are_found_in_both_places(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("ADJUTANT_HEALTHPORT=1\nADJUTANT_LOG_LEVEL=INFO\nOTHER=1\n")
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKN", TOKEN)
    monkeypatch.setenv("ADJUTANT_DISCORD_TOKEN_FILE", "/nowhere")
    monkeypatch.setenv("ADJUTANT_OPERATOR_FILE", "/nowhere")

    assert unknown_names() == ["ADJUTANT_DISCORD_TOKN", "ADJUTANT_HEALTHPORT", "ADJUTANT_OPERATOR_FILE"]


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
