"""A branch with one young person without any contract, and what the lists say of them."""

from datetime import date

from kyosai_lists.usecases.asking.count_lists import count_lists
from kyosai_lists.usecases.asking.explain_member import Explanation, explain_member
from kyosai_lists.usecases.draw import Occasion
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import TODAY, Files, member, take_in, union

YOUNG = "young-unenrolled"
FIRE = "fire-only"
STANDARD = "disaster-standard"
NUMBER = "00000013"


def with_one_person(workspace: Workspace, files: Files) -> Workspace:
    person = member(NUMBER, 生年月日="2000/5/5", 採用年月日="2020/4/1")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", person))
    return workspace


def explained(workspace: Workspace, list_id: str, as_of: date = TODAY, number: str = NUMBER) -> Explanation:
    return explain_member(workspace, (list_id,), number, Occasion(as_of))[0]


def is_listed(workspace: Workspace, list_id: str, as_of: date = TODAY, number: str = NUMBER) -> bool:
    """As `lists count` and `lists explain` say alike."""
    told = explained(workspace, list_id, as_of, number).listed
    assert count_lists(workspace, (list_id,), Occasion(as_of))[0].people == int(told)
    return told


def why_not(workspace: Workspace, list_id: str, as_of: date = TODAY, number: str = NUMBER) -> str | None:
    return explained(workspace, list_id, as_of, number).suppressed
