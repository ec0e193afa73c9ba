"""The seam through which every real address can be answered by a stand-in.

``https://host[:443]/path`` is requested as ``{origin}/host/path``. Everything else about a call,
the tokens it may carry among it, is still decided on the real address.
"""

from __future__ import annotations

import ipaddress

from yarl import URL

__all__ = ["parse_origin", "rewrite"]


def parse_origin(origin: str | None) -> URL | None:
    """Check an origin given by hand; None and the empty string mean that there is none.

    Raises:
        ValueError: It is no http(s) address, or plain http to another machine, which would show
            tokens to the network.
    """
    if not origin:
        return None
    try:
        url = URL(origin)
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.host or url.query_string or url.fragment or url.user:
        raise ValueError(
            f"The Halo origin must be like http://127.0.0.1:8343 or https://host/path, not {_shown(url)}."
        )
    if url.scheme == "http" and not _is_loopback(url.host):
        raise ValueError(f"The Halo origin {_shown(url)} must be https: plain http is for this machine only.")
    return URL(str(url).rstrip("/"), encoded=True)


def rewrite(url: URL, origin: URL | None) -> URL:
    """Return the address at which ``url`` is to be requested.

    Path and query keep their percent-encoding to the letter. Only ``https`` on its default port is
    rewritten, and nothing is when there is no origin.
    """
    if origin is None or url.scheme != "https" or url.port != 443 or not url.raw_host:
        return url
    return URL(f"{str(origin).rstrip('/')}/{url.raw_host}{url.raw_path_qs}", encoded=True)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(url: URL) -> str:
    """Return the address without what may be secret in it."""
    return repr(str(url.with_user(None).with_query(None)) if url.host else str(url.path)[:60])
