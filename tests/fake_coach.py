"""``coach`` with a listener without models: ``python -m tests.fake_coach practice --plain``."""

from coach.cli import main, marks, talk
from tests.fakes import FakeListener

if __name__ == "__main__":
    talk.make_listener = lambda _settings: FakeListener()
    marks._batch_listener = lambda _file: FakeListener()
    main()
