"""passwords and its commands as they are typed; a password is on the screen only where it was asked for (faults 32, 63, 64)."""

import pytest

from kyosai_lists.usecases.sealing.keyring import read_keyring
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into

ONE = ("--union", "17001", "--as-of", "2026-11-01")


@pytest.fixture
def typed(own_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(own_branch.folder, capsys, monkeypatch)


def test_without_a_word_an_export_is_sealed_with_the_branch_s_own_passwords(
    typed: Typed, own_branch: Workspace
) -> None:
    refused = typed("export", *ONE)
    assert refused.code == 2
    assert "passwords make" in refused.err
    said = [typed("passwords", "make", "--year", "2026"), typed("passwords", "--year", "2026"), typed("export", *ONE)]
    assert [answer.code for answer in said] == [0, 0, 0]
    said += [
        typed("passwords", "notices", "--year", "2026", "--json"),
        typed("ledger"),
        typed("export", *ONE, "--json"),
    ]
    run_id = said[-1].json()["run"]
    said += [typed("ledger", "show", run_id, "--json"), typed("ledger", "reprint", run_id)]
    assert said[-2].json()["run"]["sealed"] is True
    assert said[-1].code == 0
    assert "今のもの" in said[-1].out
    said.append(typed("export", "--union", "17001", "--as-of", "2030-11-01"))
    assert said[-1].code == 2
    assert "2030年度" in said[-1].err
    secrets = [one.password for one in read_keyring(own_branch.folder).made]
    assert len(secrets) == 12
    assert not any(secret in answer.out + answer.err for secret in secrets for answer in said)
    assert secrets[0] in typed("passwords", "show", "17001").out


def test_two_runs_that_are_sealed_with_them_are_compared_without_a_word(typed: Typed) -> None:
    typed("passwords", "make", "--year", "2026")
    first, second = (typed("export", *ONE[:2], "--as-of", day, "--json").json() for day in ("2026-11-01", "2027-03-31"))
    words = ("--from-run", first["out"], "--to-run", second["out"], "--json")
    told = typed("lists", "diff", "young-unenrolled", *words)
    assert told.code == 0, told.err
    assert [told.json()[side]["run"] for side in ("from", "to")] == [first["run"], second["run"]]


def test_unsealed_is_only_what_was_said_so_and_the_ledger_says_it(typed: Typed) -> None:
    typed("passwords", "make", "--year", "2026")
    run_id = typed("export", *ONE, "--no-password", "--json").json()["run"]
    assert typed("ledger", "show", run_id, "--json").json()["run"]["sealed"] is False
    assert "パスワードなし" in typed("ledger", "show", run_id).out


def test_no_command_takes_a_password_itself(typed: Typed) -> None:
    for words in (("passwords", "make", "--password", "x"), ("passwords", "notices", "--password", "x"), ("ledger", "reprint", "x", "--password", "y")):  # fmt: skip
        assert typed(*words).code == 2


def test_a_union_without_one_in_the_notices_needs_a_person(typed: Typed) -> None:
    assert typed("passwords", "notices", "--year", "2026").code == 2
    typed("passwords", "make", "--year", "2026", "--union", "17001")
    answer = typed("passwords", "notices", "--year", "2026")
    assert answer.code == 4
    assert "17002" in answer.out
    assert typed("passwords", "make", "--union", "99999").code == 2
    assert typed("passwords", "show", "17002").code == 2
