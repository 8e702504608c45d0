"""A voice behind any OpenAI-compatible server: Ollama, llama.cpp, vLLM, ``transformers serve``."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx

from coach.listening.client import http_client
from coach.mentor.voices.voice import VoiceTrouble, Wording, messages

PATIENCE = 20.0
"""Seconds a line may take from first to last; then the authored one is said."""
_MOST_TOKENS = 320


class ServerVoice:
    """Asks ``/v1/chat/completions`` of a server, streaming."""

    def __init__(
        self, url: str, model: str | None = None, *, patience: float = PATIENCE, name: str = ""
    ) -> None:
        """Point at a server; nothing is asked of it before the first line.

        Args:
            url: its address, with or without ``/v1``.
            model: the model's name there; the first it lists if None.
            patience: seconds a line may take.
            name: what the screen calls it; by default model and address.
        """
        self._base = url.rstrip("/").removesuffix("/v1")
        self._model = model
        self._patience = patience
        self._name = name
        self._client = http_client(httpx.Timeout(patience, connect=5.0))

    @property
    def name(self) -> str:
        """What the screen calls it."""
        return self._name or f"{self._model or 'a language model'} at {self._base}"

    def word(self, wording: Wording) -> Iterator[str]:
        """The line in pieces; see `coach.mentor.voices.voice.Voice.word`."""
        until = time.monotonic() + self._patience
        try:
            asked = {
                "model": self._model or self._first_model(),
                "messages": messages(wording),
                "stream": True,
                "max_tokens": _MOST_TOKENS,
                "temperature": 0.7,
            }
            address = f"{self._base}/v1/chat/completions"
            with self._client.stream("POST", address, json=asked) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise VoiceTrouble(f"the server answered {answer.status_code}")
                yield from self._pieces(answer, until)
        except httpx.TimeoutException as error:
            raise VoiceTrouble(f"it took longer than {self._patience:.0f} seconds") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise VoiceTrouble(f"the connection failed ({type(error).__name__})") from error

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _pieces(self, answer: httpx.Response, until: float) -> Iterator[str]:
        """The text of a stream of server-sent events; one cut off before its end is no answer."""
        for line in answer.iter_lines():
            if time.monotonic() > until:
                raise VoiceTrouble(f"it took longer than {self._patience:.0f} seconds")
            kind, _, data = line.partition(":")
            if kind != "data" or not data.strip():
                continue
            if data.strip() == "[DONE]":
                return
            choice = _choice(data)
            piece = (choice.get("delta") or {}).get("content")
            if isinstance(piece, str):
                yield piece
            if choice.get("finish_reason") == "stop":
                return
            if choice.get("finish_reason"):
                raise VoiceTrouble("it was cut short")
        raise VoiceTrouble("the connection was cut")

    def _first_model(self) -> str:
        answer = self._client.get(f"{self._base}/v1/models")
        try:
            self._model = str(answer.json()["data"][0]["id"])
        except (ValueError, LookupError, TypeError) as error:
            raise VoiceTrouble("the server names no model") from error
        return self._model


def _choice(data: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
        if "error" in found:
            raise VoiceTrouble("the server reported an error")
        choice = found["choices"][0] if found["choices"] else {}
    except (ValueError, LookupError, TypeError) as error:
        raise VoiceTrouble("the server sent nonsense") from error
    if not isinstance(choice, dict):
        raise VoiceTrouble("the server sent nonsense")
    return choice
