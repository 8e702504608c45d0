"""Settings: which source wins, what is refused and where it says so, how they are kept."""

import os
import stat

import pytest

from coach import paths
from coach.errors import BadInput, StorageError
from coach.settings import Settings, load_settings, save_setting, usable_settings
from coach.tui.services import Services


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    for name in list(os.environ):
        if name.startswith("COACH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def write(text):
    paths.private_home()
    paths.settings_file().write_bytes(text if isinstance(text, bytes) else text.encode())


def test_defaults_without_any_file(home):
    settings = load_settings()
    assert (settings.hint_level, settings.numbers, settings.history) == (2, False, True)
    assert settings.encoder is None
    assert not home.exists()


def test_command_line_over_environment_over_file_over_default(monkeypatch):
    write('theme = "from-file"\nhint_level = 1\nlearner = "file"\n')
    monkeypatch.setenv("COACH_THEME", "from-environment")
    monkeypatch.setenv("COACH_HINT_LEVEL", "3")
    settings = load_settings({"theme": "from-command-line", "learner": None})
    assert settings.theme == "from-command-line"
    assert settings.hint_level == 3
    assert settings.learner == "file"
    assert settings.motion == "basic"


def test_an_empty_variable_says_nothing(monkeypatch):
    monkeypatch.setenv("COACH_NUMBERS", "")
    assert load_settings().numbers is False
    monkeypatch.setenv("COACH_NUMBERS", "yes")
    assert load_settings().numbers is True


def test_an_unknown_key_names_the_nearest_with_file_and_line():
    write('# mine\nlearner = "Ama"\nhint_lvl = 1\n')
    where = f"{paths.settings_file()}:3: there is no setting 'hint_lvl'; did you mean 'hint_level'"
    with pytest.raises(BadInput) as error:
        load_settings()
    assert where in str(error.value)


def test_an_unknown_table():
    write('learner = "Ama"\n\n[screen]\ntheme = "x"\n')
    with pytest.raises(BadInput, match=r"settings\.toml:3: there is no setting 'screen'"):
        load_settings()


@pytest.mark.parametrize(
    ("text", "line"),
    [("theme = nord\n", 1), ('\n\ntheme = "a"\ntheme = "b"\n', 4), ("learner =", 1), ("[", 1)],
)
def test_bad_toml_names_file_and_line(text, line):
    write(text)
    with pytest.raises(BadInput, match=rf"settings\.toml:{line}: this is not TOML"):
        load_settings()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("hint_level = 9", r"settings\.toml:1: 'hint_level' cannot be this: .*less than or equal"),
        ('numbers = "perhaps"', "'numbers' cannot be this: it must be true or false"),
        ('\nmotion = "wild"', r"settings\.toml:2: 'motion' .*'none', 'basic' or 'full'"),
        ('listener_url = "here"', "it must be an address such as http://"),
        ('editor = ""', "'editor' cannot be this: it is empty"),
        ("theme = 3", "'theme' cannot be this"),
    ],
)
def test_bad_values_name_file_and_line(text, what):
    write(text)
    with pytest.raises(BadInput, match=what):
        load_settings()


def test_bad_values_name_the_variable(monkeypatch):
    monkeypatch.setenv("COACH_HINT_LEVEL", "many")
    with pytest.raises(BadInput, match=r"whole number \(from the environment variable COACH_HINT"):
        load_settings()


def test_bad_values_of_the_command_line_name_no_file():
    with pytest.raises(BadInput, match=r"^'hint_level' cannot be this") as error:
        load_settings({"hint_level": 7})
    assert "settings.toml" not in str(error.value)


def test_a_file_that_is_no_text():
    write(b'learner = "Jos\xe9"')
    with pytest.raises(BadInput, match="not UTF-8"):
        load_settings()


def test_a_byte_order_mark_is_fine():
    write('\ufefflearner = "Ama"')
    assert load_settings().learner == "Ama"


def test_saving_keeps_comments_and_order_and_is_private():
    write('# mine\ntheme = "a" # dark\n\n# how I am called\nlearner = "Ama"\n')
    assert save_setting("theme", "b").theme == "b"
    assert save_setting("numbers", True).numbers is True
    text = paths.settings_file().read_text()
    assert text == (
        '# mine\ntheme = "b" # dark\n\n# how I am called\nlearner = "Ama"\nnumbers = true\n'
    )
    assert stat.S_IMODE(paths.settings_file().stat().st_mode) == 0o600
    assert save_setting("theme", None).theme == ""
    assert "theme" not in paths.settings_file().read_text()
    assert [path.name for path in paths.home().iterdir()] == ["settings.toml"]


def test_saving_without_a_file_makes_a_private_home():
    save_setting("learner", 'An "odd" name\n')
    assert load_settings().learner == 'An "odd" name'
    assert stat.S_IMODE(paths.home().stat().st_mode) == 0o700


def test_what_cannot_be_saved_changes_nothing():
    write('learner = "Ama"\n')
    for key, value in (("hint_level", 9), ("lerner", "x"), ("motion", "wild")):
        with pytest.raises(BadInput):
            save_setting(key, value)
    assert paths.settings_file().read_text() == 'learner = "Ama"\n'


def test_saving_into_a_broken_file_leaves_it_alone():
    write("theme = nord\n")
    with pytest.raises(BadInput, match="not TOML"):
        save_setting("learner", "Ama")
    assert paths.settings_file().read_text() == "theme = nord\n"


def test_saving_where_nothing_can_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "file" / "home"))
    with pytest.raises(StorageError, match="could not be kept"):
        save_setting("learner", "Ama")


def test_a_full_disk_leaves_the_old_file(monkeypatch):
    write('learner = "Ama"\n')

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left on device"):
        save_setting("learner", "Ben")
    assert paths.settings_file().read_text() == 'learner = "Ama"\n'
    assert [path.name for path in paths.home().iterdir()] == ["settings.toml"]


def test_saving_through_a_link_leaves_the_link(tmp_path):
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("# mine\n")
    paths.private_home()
    paths.settings_file().symlink_to(kept)
    assert save_setting("numbers", True).numbers is True
    assert paths.settings_file().is_symlink()
    assert kept.read_text() == "# mine\nnumbers = true\n"


# ------------------------------------------------------------------ settings that are refused


@pytest.mark.parametrize("broken", ['thme = "x"', "theme = nord", "hint_level = 9", "[screen]"])
def test_of_refused_settings_what_is_right_is_used(monkeypatch, broken):
    write(f'\ufefflearner = "Ama"\n{broken}\ndatabase_url = "sqlite:////talks.db"\n')
    monkeypatch.setenv("COACH_NUMBERS", "true")
    with pytest.raises(BadInput):
        load_settings()
    settings = usable_settings()
    assert (settings.learner, settings.numbers, settings.theme) == ("Ama", True, "")
    assert settings.database_url == "sqlite:////talks.db"
    assert settings.history is True


def test_a_refused_variable_takes_nothing_else_along(monkeypatch):
    write('learner = "Ama"\n')
    monkeypatch.setenv("COACH_HINT_LEVEL", "many")
    settings = usable_settings()
    assert (settings.learner, settings.hint_level, settings.history) == ("Ama", 2, True)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffhistory = false\ntheme = nord",
        'history = false\nthme = "x"',
        "history = False",
        "history: false",
        "histroy = false",
        "HISTORY = false",
        "[history]\nkept = false",
        "history = true\nhistory = false",
        "database_url = postgresql://ama@host/talks",
        'database = "postgresql://ama@host/talks"',
        b'history = false\nlearner = "Jos\xe9"',
    ],
)
def test_no_history_is_kept_where_it_may_not_have_been_wanted(text):
    write(text)
    with pytest.raises(BadInput):
        load_settings()
    assert usable_settings().history is False


def test_a_variable_against_history_holds_beside_a_broken_file(home, monkeypatch):
    write('thme = "x"\n')
    monkeypatch.setenv("COACH_HISTORY", "false")
    services = Services(lambda state: None)
    with pytest.raises(BadInput, match="did you mean 'theme'"):
        services.settings()
    assert services.settings().history is False
    services.store()
    assert [path.name for path in home.iterdir()] == ["settings.toml"]


def test_every_setting_is_documented():
    assert all(field.description for field in Settings.model_fields.values())
