from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.halo.transport.origin import parse_origin, rewrite


@pytest.mark.parametrize(
    ("real", "requested"),
    [
        (
            "https://economy.svc.halowaypoint.com:443/hi/a?x=1&x=2",
            "/economy.svc.halowaypoint.com/hi/a?x=1&x=2",
        ),
        (
            "https://profile.svc.halowaypoint.com/users/gt(A%20B%2Fc)",
            "/profile.svc.halowaypoint.com/users/gt(A%20B%2Fc)",
        ),
        ("https://login.live.com", "/login.live.com/"),
        ("https://a.example/%7Euser/%C3%A9?q=a+b%26c", "/a.example/%7Euser/%C3%A9?q=a+b%26c"),
    ],
)
def test_real_addresses_are_requested_below_the_origin(real: str, requested: str) -> None:
    origin = parse_origin("http://127.0.0.1:8343")

    assert str(rewrite(URL(real, encoded=True), origin)) == f"http://127.0.0.1:8343{requested}"


@pytest.mark.parametrize(
    "other", ["http://economy.svc.halowaypoint.com/", "https://economy.svc.halowaypoint.com:444/"]
)
def test_other_schemes_and_ports_are_left_alone(other: str) -> None:
    assert str(rewrite(URL(other), parse_origin("http://localhost:1/base/"))) == other


def test_without_an_origin_nothing_is_rewritten() -> None:
    url = URL("https://economy.svc.halowaypoint.com/hi")

    assert rewrite(url, parse_origin(None)) is url
    assert rewrite(url, parse_origin("")) is url


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:1", "http://[::1]:1", "http://localhost:1", "https://halo.example/x"]
)
def test_loopback_and_https_origins_are_taken(origin: str) -> None:
    assert str(rewrite(URL("https://h.example/p"), parse_origin(origin))) == f"{origin}/h.example/p"


@pytest.mark.parametrize(
    "origin",
    [
        "http://halo.example",
        "http://127.0.0.1.evil.example",
        "http://10.0.0.1:80",
        "ftp://127.0.0.1",
        "127.0.0.1:80",
        "x",
    ],
)
def test_plain_http_to_other_machines_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match=r"^The Halo origin [^\n]+\.$"):
        parse_origin(origin)


def test_the_refusal_shows_no_password() -> None:
    with pytest.raises(ValueError, match=r"halo\.example") as refused:
        parse_origin("http://me:hunter2@halo.example/?key=hunter3")

    assert "hunter" not in str(refused.value)


@given(st.text(alphabet="abc%/?&=+éß 日()~.-", max_size=40))
def test_path_and_query_are_kept_to_the_letter(tail: str) -> None:
    real = URL("https://h.example/" + tail)

    assert rewrite(real, parse_origin("http://127.0.0.1:1")).raw_path_qs == f"/h.example{real.raw_path_qs}"
