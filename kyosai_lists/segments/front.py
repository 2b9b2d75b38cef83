"""The front matter of a rule file: TOML in a comment. Whatever is missing or wrong in it is told, and stands blank."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any

from kyosai_lists.segments.finding import Finding
from kyosai_lists.segments.rule import Parameter
from kyosai_lists.segments.union_front import COLUMN_KINDS, is_column

_FRONT = re.compile(r"\A\s*/\*---\n(.*?)\n---\*/", re.DOTALL)
_Keys = dict[str, type]
REQUIRED: _Keys = {
    "title": str, "offers": str, "plan": list, "priority": int, "document": str, "reason": str, "hint": str,
}  # fmt: skip
OPTIONAL: _Keys = {"kind": str, "discreet": bool, "needs_guide": str, "parameters": dict, "dates": dict}
# Of a list of unions (kind = "unions"), which offers nothing to anybody.
REQUIRED_OF_UNIONS: _Keys = {"kind": str, "title": str, "plan": list, "priority": int, "columns": dict}
OPTIONAL_OF_UNIONS: _Keys = {"parameters": dict, "dates": dict}
KINDS = ("people", "unions")
_MAY_BE_EMPTY = {"hint", "plan"}
_PARAMETER: dict[str, tuple[type, ...]] = {"default": (int, float, str), "meaning": (str,)}
_KINDS = {str: '文字("…")', list: '文字の並び(["…", "…"])', int: "整数", bool: "true か false", dict: "[…] の見出し"}


@dataclass(frozen=True)
class FrontMatter:
    """`fields` has every key of either kind of list, blank where it is not usable; `first_line` is that of `sql` in the file."""

    fields: dict[str, Any]
    parameters: dict[str, Parameter]
    sql: str
    first_line: int
    findings: tuple[Finding, ...]


def read_front(text: str) -> FrontMatter | Finding:
    """The front matter of `text`; a Finding when there is none to be read."""
    found = _FRONT.match(text)
    if not found:
        return Finding(
            1, "先頭に /*--- と ---*/ で囲んだ説明がありません。", "説明を、ファイルの先頭に書いてください。"
        )
    lead = text[: found.start(1)].count("\n")
    try:
        front = tomllib.loads(found.group(1))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        todo = '名前 = 値 の形か、引用符 " やかっこの閉じ忘れがないかを見てください。'
        return Finding(lead + (int(at[1]) if at else 1), "先頭の説明を読めません。", todo)
    findings = [*_missing(front), *_unusable(front, found.group(1), lead)]
    every = REQUIRED | OPTIONAL | REQUIRED_OF_UNIONS
    fields = {name: front[name] if _is_a(front.get(name), kind) else kind() for name, kind in every.items()}
    return FrontMatter(
        fields={
            **fields,
            "kind": fields["kind"] if fields["kind"] in KINDS else "people",
            "plan": tuple(map(str, fields["plan"])),
            "dates": {n: str(d) for n, d in fields["dates"].items()},
        },
        parameters={name: _parameter(name, value) for name, value in fields["parameters"].items()},
        sql=text[found.end() :],
        first_line=text.count("\n", 0, found.end()) + 1,
        findings=tuple(findings),
    )


def line_of_key(text: str, name: str) -> int:
    """The line of the file on which the front matter sets `name` or opens a table of that name, else the first."""
    found = _FRONT.match(text)
    if not found:
        return 1
    key = re.escape(name)
    at = re.search(rf"^\s*(?:\[\s*(?:\w+\.)?{key}\s*\]|{key}\s*=)", found.group(1), re.MULTILINE)
    return text[: found.start(1)].count("\n") + 1 + (found.group(1)[: at.end()].count("\n") if at else 0)


def _keys(front: dict[str, Any]) -> tuple[_Keys, _Keys]:
    """Those that must be there, and those that may."""
    unions = front.get("kind") == "unions"
    return (REQUIRED_OF_UNIONS, OPTIONAL_OF_UNIONS) if unions else (REQUIRED, OPTIONAL)


def _missing(front: dict[str, Any]) -> list[Finding]:
    return [
        Finding(
            1, f"先頭の説明に {name} がありません。", f"{name} = … の行を足してください({_KINDS[kind]}で書きます)。"
        )
        for name, kind in _keys(front)[0].items()
        if name not in front
    ]


def _unusable(front: dict[str, Any], text: str, lead: int) -> list[Finding]:
    def at(name: str) -> int:
        return lead + line_of_key(f"/*---\n{text}\n---*/", name) - 1

    required, optional = _keys(front)
    findings = []
    for name, value in front.items():
        kind = (required | optional).get(name)
        if kind is None:
            todo = f"使えるのは {'・'.join(required | optional)} です。"
            findings.append(Finding(at(name), f"先頭の説明の {name} は使えません。", todo))
        elif not _is_a(value, kind):
            findings.append(
                Finding(at(name), f"先頭の説明の {name} の書き方が違います。", f"{_KINDS[kind]}で書いてください。")
            )
        elif value == kind() and kind in (str, list) and name not in _MAY_BE_EMPTY:
            findings.append(Finding(at(name), f"先頭の説明の {name} が空です。", "中身を書いてください。"))
    if _is_a(front.get("plan"), list) and not all(isinstance(item, str) for item in front["plan"]):
        findings.append(
            Finding(
                at("plan"), "先頭の説明の plan に文字でないものがあります。", '["1(2)団生オ"] のように書いてください。'
            )
        )
    if front.get("kind", "people") not in KINDS:
        findings.append(Finding(at("kind"), "先頭の説明の kind が違います。", f"{' か '.join(KINDS)} にしてください。"))
    columns = front.get("columns")
    for name, column in columns.items() if isinstance(columns, dict) else ():
        if not is_column(column):
            what = f"columns.{name} には heading(見出し)と kind({'・'.join(COLUMN_KINDS)})を書きます。"
            findings.append(Finding(at(name), what, 'heading = "在職者(人)" と kind = "number" の二行にしてください。'))
    parameters = front.get("parameters")
    for name, parameter in parameters.items() if isinstance(parameters, dict) else ():
        if not _is_parameter(parameter):
            what = f"parameters.{name} には default(数か日付)と meaning(意味)だけを書きます。"
            findings.append(Finding(at(name), what, 'default = 35 と meaning = "…" の二行にしてください。'))
    return findings


def _is_a(value: object, kind: type) -> bool:
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _is_parameter(value: object) -> bool:
    """With a meaning; without a default it is a number that is unknown until a branch sets it."""
    if not isinstance(value, dict) or set(value) | {"default"} != set(_PARAMETER):
        return False
    good = all(isinstance(value[name], kinds) for name, kinds in _PARAMETER.items() if name in value)
    return good and not isinstance(value.get("default"), bool)


def _parameter(name: str, value: Any) -> Parameter:
    return Parameter(name, value.get("default"), value["meaning"]) if _is_parameter(value) else Parameter(name, 0, "")
