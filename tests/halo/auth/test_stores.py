"""Where a sign-in is kept: durable, private, and clear about damage."""

from __future__ import annotations

import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.halo.auth import FileTokenStore, KeyringTokenStore, StoredSignIn, TokenStore
from bot.halo.auth.store import decode, encode
from bot.halo.errors import OAuth2Error, TokenStoreError
from tests.halo.auth.hosts import SECRET

KEPT = StoredSignIn(
    refresh_token=f"{SECRET}-refresh",
    client_id="client-id",
    obtained_at=datetime(2026, 11, 1, tzinfo=UTC),
    gamertag="Émber Fox",
    player_id="xuid(2533274800000001)",
)


class Drawer:
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_shut = False

    def get_password(self, service: str, username: str, /) -> str | None:
        if self.is_shut:
            raise RuntimeError(SECRET)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str, /) -> None:
        if self.is_shut:
            raise RuntimeError(password)
        self.kept[service, username] = password


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sign-in.json"


@pytest.fixture(params=["file", "keyring"])
def any_store(request: pytest.FixtureRequest, path: Path) -> TokenStore:
    return FileTokenStore(path) if request.param == "file" else KeyringTokenStore(Drawer(), path)


def test_what_is_saved_is_loaded(any_store: TokenStore) -> None:
    assert any_store.load() is None
    any_store.save(KEPT)
    assert any_store.load() == KEPT
    assert SECRET not in repr(KEPT) + repr(any_store)


def test_one_at_a_time_holds_the_lock(any_store: TokenStore, path: Path) -> None:
    lock = path.with_name(f"{path.name}.lock") if isinstance(any_store, FileTokenStore) else path
    other = KeyringTokenStore(Drawer(), lock)
    assert any_store.try_lock()
    assert not any_store.try_lock()
    assert not other.try_lock()
    any_store.unlock()
    any_store.unlock()
    assert other.try_lock()
    other.unlock()


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_nobody_else_may_read_the_file_from_its_first_moment(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    sync = os.fsync

    def watch(descriptor: int) -> None:
        if stat.S_ISREG((status := os.fstat(descriptor)).st_mode):
            modes.append(stat.S_IMODE(status.st_mode))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    old = os.umask(0)
    try:
        FileTokenStore(path).save(KEPT)
    finally:
        os.umask(old)

    assert modes == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name != "posix", reason="other systems have other rights")
def test_a_file_that_others_can_read_is_closed_to_them(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = FileTokenStore(path)
    store.save(KEPT)
    path.chmod(0o644)

    assert store.load() == KEPT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "644" in caplog.text


def test_a_left_over_of_a_crash_is_written_over(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    path.parent.mkdir()
    path.with_name("sign-in.json.new").symlink_to(elsewhere)
    FileTokenStore(path).save(KEPT)

    assert elsewhere.read_text() == "mine"
    assert [entry.name for entry in path.parent.iterdir()] == ["sign-in.json"]


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    store = FileTokenStore(tmp_path / "data" / "sign-in.json")
    with pytest.raises(TokenStoreError, match="cannot be stored"):
        store.save(KEPT)
    with pytest.raises(TokenStoreError, match="lock"):
        store.try_lock()
    with pytest.raises(TokenStoreError, match="cannot be read"):
        store.load()


DAMAGED = [
    b"",
    b"\xff\xfe",
    b"null",
    b"[" * 20_000,
    encode(KEPT).encode()[:-20],
    encode(KEPT).replace(f"{SECRET}-refresh", "").encode(),
    encode(KEPT).replace(f"{SECRET}-refresh", f"{SECRET}\\ud800").encode(),
    encode(KEPT).replace('"format": 1', '"format": "1"').encode(),
    encode(KEPT).replace('"format": 1', '"format": 0').encode(),
    encode(KEPT).replace('"client-id"', "7").encode(),
    encode(KEPT).replace("+00:00", "").encode(),
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_names_the_cure(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(TokenStoreError, match=r"sign-in\.json is damaged.*adjutant login") as damaged:
        FileTokenStore(path).load()

    assert isinstance(damaged.value, OAuth2Error)
    assert damaged.value.__cause__ is None
    assert SECRET not in str(damaged.value)


def test_a_file_of_a_later_version_is_not_taken_for_damage() -> None:
    with pytest.raises(TokenStoreError, match="later version"):
        decode(encode(KEPT).replace('"format": 1', '"format": 2'), "It")


@given(
    st.binary(max_size=200) | st.integers(0, len(encode(KEPT)) - 1).map(lambda at: encode(KEPT).encode()[:at])
)
def test_no_content_is_a_traceback(content: bytes) -> None:
    with pytest.raises(TokenStoreError) as damaged:
        decode(content, "It")

    assert SECRET not in str(damaged.value)


def test_a_keyring_that_does_not_open_is_a_clear_error(path: Path) -> None:
    drawer = Drawer()
    drawer.is_shut = True
    store = KeyringTokenStore(drawer, path)
    with pytest.raises(TokenStoreError, match="RuntimeError") as load:
        store.load()
    with pytest.raises(TokenStoreError, match="RuntimeError") as save:
        store.save(KEPT)

    assert SECRET not in str(load.value) + str(save.value)


def test_the_system_s_keyring_is_optional(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(TokenStoreError, match=r"adjutant\[keyring\]"):
        KeyringTokenStore.of_system(path)

    drawer, module = Drawer(), ModuleType("keyring")
    module.__dict__.update(get_password=drawer.get_password, set_password=drawer.set_password)
    monkeypatch.setitem(sys.modules, "keyring", module)
    KeyringTokenStore.of_system(path).save(KEPT)
    assert drawer.kept["adjutant", "halo-sign-in"] == encode(KEPT)
