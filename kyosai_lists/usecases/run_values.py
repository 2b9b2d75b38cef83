"""The numbers a list was made with, as a run keeps them (all as text), as values for its rule again."""

from collections.abc import Mapping

from kyosai_lists.segments.rule import Rule, Value


def values_of_run(rule: Rule, texts: Mapping[str, str | None]) -> dict[str, Value]:
    """Those of parameters that the rule (still) has; one that was not set stays unset."""
    return {
        name: _value(rule, name, text) for name, text in texts.items() if name in rule.parameters and text is not None
    }


def _value(rule: Rule, name: str, text: str) -> Value:
    kind = type(rule.parameters[name].default)
    return text if kind is str else int(text) if text.lstrip("-").isdigit() else float(text)
