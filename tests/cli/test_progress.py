"""What is under way is shown on a terminal and nowhere else."""

import io
import sys

import pytest

from kyosai_lists.cli import progress as module
from kyosai_lists.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr(sys, "stderr", screen)
    return screen


def test_a_pipe_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    with progress("名簿を作成中") as step:
        step("リストを調べています")
        step("", 1, 2)
    assert pipe.getvalue() == ""


def test_a_terminal_is_told_the_step_what_is_done_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, now = terminal(monkeypatch), [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    with progress("名簿を作成中") as step:
        step("[リスト]を調べています")
        step("", 0, 2_595)
        now[0] += 60
        step("", 1_000, 2_595)
        now[0] += 5
    said = screen.getvalue()
    assert "名簿を作成中: [リスト]を調べています" in said
    assert "1,000/2,595" in said
    assert "残り 1分31秒" in said  # 1,595 more at 60 s for 1,000, and 5 s went by


def test_the_time_left_is_not_guessed_before_anything_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    with progress("名簿を作成中") as step:
        step("", 0, 100)
    assert "0/100" in screen.getvalue()
    assert "残り" not in screen.getvalue()
