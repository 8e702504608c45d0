"""What every screen needs and none may build on the event loop.

Records, models, scenarios and settings are heavy to import and slow to open, so each is made
late, once, in whichever thread worker asks first. Tests hand in their own factories.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from coach import paths
from coach.errors import CoachError

if TYPE_CHECKING:
    from coach.listening.listener import Listener
    from coach.mentor.library import Library
    from coach.mentor.voices import Voice
    from coach.practice.store import Store, TalkHead
    from coach.settings import Settings

StateCallback = Callable[[str], None]
ListenerFactory = Callable[[StateCallback], "Listener"]
StoreFactory = Callable[[], "Store"]


class Services:
    """Makes and shares the parts below the screen. Every method may block: call it in a thread.

    Args:
        tell_state: told the models' state in words the screen shows ("starting", "loading",
            "ready", "failed: ..."); may be called from any thread.
    """

    def __init__(
        self,
        tell_state: StateCallback,
        *,
        listener_factory: ListenerFactory | None = None,
        store_factory: StoreFactory | None = None,
        settings: Settings | None = None,
    ) -> None:
        self._tell_state = tell_state
        self._listener_factory = listener_factory
        self._store_factory = store_factory
        self._settings = settings
        self._store: Store | None = None
        self._library: Library | None = None
        self._listener: Listener | None = None
        self._voice: Voice | None = None
        self._lock = threading.RLock()
        self._closed = False

    def settings(self) -> Settings:
        """The settings, read once.

        Raises:
            coach.errors.BadInput: the settings cannot be used as they are; said once, from then
                on what can be used of them is.
        """
        with self._lock:
            if self._settings is None:
                from coach.settings import load_settings, usable_settings

                try:
                    self._settings = load_settings()
                except CoachError:
                    self._settings = usable_settings()
                    raise
            return self._settings

    def use_settings(self, settings: Settings) -> None:
        """Take changed settings; what was already opened with the old ones stays open."""
        with self._lock:
            self._settings = settings

    def store(self) -> Store:
        """The records, or a store that keeps nothing where no history is wanted.

        Raises:
            coach.errors.StorageError: the records cannot be opened.
        """
        with self._lock:
            if self._store is None:
                self._store = self._open_store()
            return self._store

    def _open_store(self) -> Store:
        if self._store_factory is not None:
            return self._store_factory()
        settings = self.settings()
        if not settings.history:
            from coach.practice.memory import MemoryStore

            return MemoryStore()
        from coach.records import open_store

        return open_store(settings.database_url)

    def history(self, learner: str | None = None, search: str = "") -> list[TalkHead]:
        """Talks, newest first; only the unfinished ones where the store keeps no history."""
        store: Any = self.store()
        if hasattr(store, "history"):
            talks: list[TalkHead] = store.history(learner=learner, search=search)
            return talks
        return self.store().unfinished(learner)

    def library(self, *, again: bool = False) -> Library:
        """Every scenario and every file that could not be used."""
        with self._lock:
            if self._library is None or again:
                from coach.mentor.library import load_library

                self._library = load_library(keep=self.settings().history)
            return self._library

    def listener(self) -> Listener:
        """Whoever reads the turns; the first call starts the models' process and returns at once.

        Raises:
            coach.errors.MissingPart: the models cannot be started.
        """
        with self._lock:
            if self._listener is None:
                if self._closed:
                    raise CoachError("The coach is closing; open it again to go on.")
                self._tell_state("starting")
                try:
                    self._listener = self._make_listener()
                except CoachError as problem:
                    self._tell_state(f"failed: {problem}")
                    raise
            return self._listener

    def _make_listener(self) -> Listener:
        if self._listener_factory is not None:
            listener = self._listener_factory(self._tell_state)
        else:
            settings = self.settings()
            if settings.listener_url:
                from coach.listening.remote import RemoteListener

                listener = RemoteListener(settings.listener_url)
            else:
                from coach.listening.child import ChildListener

                cache = paths.vectors_file() if settings.history else None
                listener = ChildListener(
                    encoder=settings.encoder, cache=cache, on_state=self._tell_state
                )
        start = getattr(listener, "start", None)
        if start is not None:
            start()
        else:
            # A listener without a process of its own is ready as soon as it is there.
            self._tell_state("ready")
        return listener

    def voice(self) -> Voice | None:
        """Who words the mentors' lines; None: their authors.

        Raises:
            coach.errors.MissingPart: the voice's process cannot be started.
        """
        from coach.mentor.voices import open_voice

        with self._lock:
            if self._voice is None:
                settings = self.settings()
                self._voice = open_voice(settings.voice_url, settings.voice_model)
            return self._voice

    def close(self) -> None:
        """Let go of the models' process, the voice and the records."""
        # Not under the lock: whoever waits for the models holds it and must be let go too.
        self._closed = True
        if self._listener is not None:
            self._listener.close()
        if self._voice is not None:
            self._voice.close()
        close_store = getattr(self._store, "close", None)
        if close_store is not None:
            close_store()
