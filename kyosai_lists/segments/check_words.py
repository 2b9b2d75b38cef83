"""What can be known of a rule's front matter and sentences: its product, its parameters and dates, the marks in what it says."""

from collections.abc import Iterator
from datetime import date

from sqlglot import exp

from kyosai_lists.products import BY_ID
from kyosai_lists.segments.finding import Finding
from kyosai_lists.segments.front import line_of_key
from kyosai_lists.segments.marks import HARMLESS, IN_SENTENCE, SENTENCE_EXTRAS
from kyosai_lists.segments.parameters import DATE_FUNCTIONS, date_call, is_date_or_name, standard_binds
from kyosai_lists.segments.relations import COLUMNS, STANDARD_DATES
from kyosai_lists.segments.rule import EVERY, Rule
from kyosai_lists.vocabulary import GUIDE_KIND

# What the engine itself binds: a rule that declared one of them would change D for everything.
RESERVED = frozenset(standard_binds(date(2000, 1, 1))) | {"only_member", "year_ago", "business_year"}
_RESERVED_BEGINNING = "explained_member"  # one, or many with a number behind


def check_front(rule: Rule, select: exp.Select | None, text: str) -> Iterator[Finding]:
    """`select` None: the SQL could not be read, so nothing is said of what it uses. `text`: the file's."""
    if rule.id == EVERY:
        yield Finding(
            1,
            f"{EVERY} は「すべてのリスト」を表すので、リストの名前にできません。",
            "ファイルに別の名前を付けてください。",
        )
    for key, what, todo in (*_values(rule), *_dates(rule), *_unused(rule, select), *_reason_and_hint(rule, select)):
        yield Finding(line_of_key(text, key), what, todo)


def check_sentences(rule: Rule) -> Iterator[Finding]:
    for condition in rule.conditions:
        for mark in IN_SENTENCE.findall(condition.text):
            if mark not in rule.parameters and mark not in rule.dates and mark not in STANDARD_DATES:
                what = f"条件の説明の {{{mark}}} という数はありません。"
                yield Finding(condition.line, what, "parameters の名前に直してください。")


def _values(rule: Rule) -> Iterator[tuple[str, str, str]]:
    if rule.offers and rule.offers not in BY_ID:
        what = f"offers の {rule.offers} という共済種類はありません。"
        yield "offers", what, f"{'・'.join(BY_ID)} のどれかです。"
    if rule.needs_guide and rule.needs_guide not in GUIDE_KIND.words:
        what = f"needs_guide の {rule.needs_guide} というめやすはありません。"
        yield "needs_guide", what, f"{'・'.join(GUIDE_KIND.words)} のどれかです。"
    for name in (*rule.parameters, *rule.dates):
        reserved = name in RESERVED or name.startswith(_RESERVED_BEGINNING)
        if reserved or (name in rule.parameters and name in rule.dates):
            yield name, f"{name} という名前は使えません。", "ほかの名前にしてください。"
    for name, parameter in rule.parameters.items():
        if not is_date_or_name(parameter.default):
            what = f"parameters.{name} の default は日付ではありません。"
            yield name, what, f"2027-03-31 のように書くか、{'・'.join(STANDARD_DATES)} のどれかにしてください。"


def _dates(rule: Rule) -> Iterator[tuple[str, str, str]]:
    for name, text in rule.dates.items():
        call = date_call(text)
        if call is None:
            todo = (
                f'"earliest_birth(young_max_age)" のように書いてください。使えるのは {"・".join(DATE_FUNCTIONS)} です。'
            )
            yield name, f"dates.{name} の書き方が違います。", todo
        elif not call[1].isdigit() and not _is_number(rule, call[1]):
            what = f"dates.{name} の {call[1]} は parameters にある数ではありません。"
            yield name, what, "parameters に書いてください。"


def _is_number(rule: Rule, name: str) -> bool:
    return name in rule.parameters and isinstance(rule.parameters[name].default, int | float)


def _unused(rule: Rule, select: exp.Select | None) -> Iterator[tuple[str, str, str]]:
    if select is None:
        return
    calls = (date_call(call) for call in rule.dates.values())
    needed = {mark.name for mark in select.find_all(exp.Placeholder)} | {call[1] for call in calls if call}
    for name in sorted((rule.parameters.keys() | rule.dates.keys()) - needed):
        yield name, f"{name} はどこにも使われていません。", "使うか、消してください。"


def _reason_and_hint(rule: Rule, select: exp.Select | None) -> Iterator[tuple[str, str, str]]:
    for mark in IN_SENTENCE.findall(rule.reason):
        known = mark in COLUMNS["people"] or mark in rule.outputs or mark in SENTENCE_EXTRAS
        if not known and select is not None:
            yield "reason", f"reason の {{{mark}}} にあたる列がありません。", "列の名前を直してください。"
    for mark in IN_SENTENCE.findall(rule.hint):
        if mark not in HARMLESS:
            what = f"hint に {{{mark}}} は使えません。職場に回る用紙に載ります。"
            yield "hint", what, f"使えるのは {'・'.join(HARMLESS)} です。"
