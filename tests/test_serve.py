"""The app in a browser: a visitor's page is drawn by the real app behind textual-serve."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _first_words(port: int) -> str:
    """What the app draws for a visitor until its question shows."""
    seen = b""
    async with aiohttp.ClientSession() as visitor:
        for _ in range(600):
            try:
                channel = await visitor.ws_connect(f"http://localhost:{port}/ws?width=80&height=24")
                break
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
        async for message in channel:
            seen += message.data if isinstance(message.data, bytes) else message.data.encode()
            plain = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", seen)
            if b"Whom would you like to talk with?" in plain:
                return plain.decode("utf-8", "replace")
    return seen.decode("utf-8", "replace")


@pytest.mark.slow
async def test_a_visitor_sees_the_home_screen(tmp_path: Path) -> None:
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "coach", "serve", "--port", str(port)],
        env={**os.environ, "COACH_HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        words = await asyncio.wait_for(_first_words(port), timeout=120)
    finally:
        server.terminate()
        server.wait()
    assert "Whom would you like to talk with?" in words
