"""The listener over HTTP: a workshop's shared server reads the turns.

The server answers ``GET /version`` with ``{"version"}``, ``POST /read`` (``{"rows": [...]}``, rows
as ``coach score`` takes them) with ``{"readings": [...], "version"}``, ``POST /closeness``
(``{"texts", "candidates"}``) with ``{"closeness": [[...]]}`` and ``POST /fits`` (``{"earlier",
"context", "text", "replies"}``) with ``{"fits": [...]}``. An error is a status of 400 or above with
``{"error": {"kind", "message"}}``, see `coach.listening.wire`.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx

from coach.errors import BadInput, MissingPart
from coach.listening.client import http_client
from coach.listening.listener import Reply, Row
from coach.listening.reading import Reading
from coach.listening.wire import error_from_json, reading_from_json, reply_to_json, row_to_json


class RemoteListener:
    """A `Listener` on another machine. Any thread may call it.

    Args:
        base_url: the server's address, such as ``http://192.168.0.10:8000``.
        timeout: seconds to wait for an answer before giving up.

    Raises:
        BadInput: the address is none.
    """

    def __init__(self, base_url: str, timeout: float = 30.0) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadInput(
                f"'{base_url}' is no address of a listening server; write one such as "
                "http://192.168.0.10:8000 under listener_url in the settings."
            )
        self._url = base_url.rstrip("/")
        self._client = http_client(timeout)
        self._version: str | None = None
        self._lock = Lock()

    @property
    def version(self) -> str:
        """The version of the server's models, asked for once.

        Raises:
            MissingPart: the server does not answer.
        """
        with self._lock:
            if self._version is None:
                self._version = str(self._get("version", self._ask("GET", "/version")))
            return self._version

    def read(self, context: str, text: str) -> Reading:
        """The reading of one turn."""
        return self.read_rows([Row(context=context, text=text)])[0]

    def read_rows(self, rows: Sequence[Row]) -> list[Reading]:
        """One reading per row, same order."""
        sent = {"rows": [row_to_json(row) for row in rows]}
        answer = self._ask("POST", "/read", sent)
        readings = self._list("readings", answer, len(rows))
        return [reading_from_json(one) for one in readings]

    def closeness(self, texts: Sequence[str], candidates: Sequence[str]) -> list[list[float]]:
        """Cosines of the candidates to each text, same order."""
        if not texts or not candidates:
            return [[] for _ in texts]
        sent = {"texts": list(texts), "candidates": list(candidates)}
        rows = self._list("closeness", self._ask("POST", "/closeness", sent), len(texts))
        try:
            # A row that is too short or no list shows as an error of the zip or of the float.
            return [
                [float(value) for value, _ in zip(row, candidates, strict=True)] for row in rows
            ]
        except (TypeError, ValueError) as error:
            raise self._odd("closeness values that are no numbers") from error

    def fits(
        self, context: str, text: str, replies: Sequence[Reply], earlier: Sequence[str] = ()
    ) -> list[float]:
        """How likely each reply makes sense after a turn, same order."""
        if not replies:
            return []
        lines = [reply_to_json(reply) for reply in replies]
        sent = {"earlier": list(earlier), "context": context, "text": text, "replies": lines}
        found = self._list("fits", self._ask("POST", "/fits", sent), len(replies))
        try:
            return [float(value) for value in found]
        except (TypeError, ValueError) as error:
            raise self._odd("fits that are no numbers") from error

    def prepare(self, texts: Sequence[str]) -> None:
        """Nothing: a shared server reads when it is asked."""

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(self, method: str, path: str, data: dict[str, Any] | None = None) -> Any:
        try:
            response = self._client.request(method, self._url + path, json=data)
        except httpx.TimeoutException as error:
            raise MissingPart(
                f"The listening server at {self._url} did not answer in time; try again, or take "
                "listener_url out of the settings to use the models on this machine."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise MissingPart(
                f"The listening server at {self._url} cannot be reached ({error}); check the "
                "address under listener_url in the settings and that the server runs."
            ) from error
        except RuntimeError as error:  # the client was closed
            raise MissingPart(
                "The connection to the listening server was closed; leave the talk and open it "
                "again."
            ) from error
        return self._body(response)

    def _body(self, response: httpx.Response) -> Any:
        try:
            body = response.json()
        except ValueError as error:
            raise self._odd(f"status {response.status_code} and no JSON") from error
        if response.is_success:
            return body
        if isinstance(body, dict) and isinstance(body.get("error"), dict):
            raise error_from_json(body["error"])
        raise self._odd(f"status {response.status_code}")

    def _get(self, key: str, body: Any) -> Any:
        if not isinstance(body, dict) or key not in body:
            raise self._odd(f"no '{key}'")
        return body[key]

    def _list(self, key: str, body: Any, length: int) -> list[Any]:
        found = self._get(key, body)
        if not isinstance(found, list) or len(found) != length:
            raise self._odd(f"'{key}' that does not fit the question")
        return found

    def _odd(self, what: str) -> MissingPart:
        return MissingPart(
            f"The listening server at {self._url} answered with {what}; check that the address "
            "is that of a coach's server of this version."
        )
