"""HTTP to a server of listening models or of a voice."""

from __future__ import annotations

import httpx

_NEARBY = ("localhost", "127.0.0.1", "[::1]")


def http_client(timeout: float | httpx.Timeout) -> httpx.Client:
    """A client that goes by the proxy of the house, but to a server on this machine directly.

    A proxy knows no way to this very machine, and what is said on it is not for others to read.
    """
    return httpx.Client(timeout=timeout, mounts={f"all://{host}": None for host in _NEARBY})
