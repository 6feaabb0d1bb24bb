"""bin/stack.py: what it hands on to the processes of the Procfile."""

import os
from pathlib import Path

import pytest

from bin import stack
from shopsite.settings.env import FileAwareEnv, SecretFiles


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test sets is taken back, and what it read from files is forgotten."""
    monkeypatch.setenv("MEDIA_ROOT", "")
    monkeypatch.setenv("MEDIA_ROOT_FILE", "")
    monkeypatch.setattr(FileAwareEnv, "ENVIRON", SecretFiles())


def test_the_folder_of_pictures_may_be_named_in_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "said").write_text(f"{tmp_path / 'media'}\n")
    monkeypatch.setenv("MEDIA_ROOT_FILE", str(tmp_path / "said"))

    stack.hand_on_media()

    assert os.environ["MEDIA_ROOT"] == str(tmp_path / "media")
    assert "MEDIA_ROOT_FILE" not in os.environ, "The settings refuse both."
    assert (tmp_path / "media" / "images").is_dir()


def test_a_folder_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEDIA_ROOT", str(tmp_path / "media"))

    stack.hand_on_media()

    assert os.environ["MEDIA_ROOT"] == str(tmp_path / "media")
    assert (tmp_path / "media" / "images").is_dir()


def test_without_a_name_it_is_where_the_settings_keep_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(stack, "BASE_DIR", tmp_path)

    stack.hand_on_media()

    assert os.environ["MEDIA_ROOT"] == str(tmp_path / "var" / "media")


def test_a_file_that_is_not_there_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_ROOT_FILE", "/nowhere/said")

    with pytest.raises(stack.StackError, match="MEDIA_ROOT_FILE names /nowhere/said, which cannot"):
        stack.hand_on_media()
