"""Runs the command line in this process, as if typed."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kyosai_lists.cli.main import run


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


Typed = Callable[..., Answer]


def typed_into(workspace: Path | None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    def typed(*words: str | Path) -> Answer:
        front = ["--workspace", str(workspace)] if workspace else []
        monkeypatch.setattr(sys, "argv", ["kyosai-lists", *front, *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            run()
        said = capsys.readouterr()
        return Answer(int(stopped.value.code or 0), said.out, said.err)

    return typed
