"""Sentences for problems and rules, by language: what happened and what to do. The words are data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import resources
from desktop.domain.errors import Problem, Refusal, Rule

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Sentence:
    """`title` in a few words, `what` happened, what `todo`, and the `clause` of the regulation behind a refusal."""

    title: str
    what: str
    todo: str
    clause: str = ""

    def __str__(self) -> str:
        clause = f" ({self.clause})" if self.clause else ""
        return " ".join(part for part in (f"{self.what}{clause}", self.todo) if part)


def sentence(problem: Problem | Rule, lang: str = "vi") -> Sentence:
    """The sentence for a problem or a rule; an unknown code gets the general one, with the code in it."""
    rule = problem if isinstance(problem, Rule) else problem.rule if isinstance(problem, Refusal) else None
    params = problem.params
    words = _words(lang)
    key = f"rule.{rule.code}" if rule else f"problem.{problem.code}" if isinstance(problem, Problem) else ""
    entry = words.get(key) or words["problem.bug"]
    filled = _Params(params, code=rule.code if rule else key)
    title, what, todo = (entry[name].format_map(filled) for name in ("title", "what", "todo"))
    return Sentence(title, what, todo, rule.clause if rule else "")


class _Params(dict[str, str]):
    """Missing words leave a gap, never an exception at a person."""

    def __init__(self, params: Mapping[str, str], *, code: str) -> None:
        super().__init__(params)
        self["code"] = code

    def __missing__(self, key: str) -> str:
        return "…"


@lru_cache
def _words(lang: str) -> Mapping[str, Mapping[str, str]]:
    name = f"messages.{lang if lang in LANGUAGES else 'vi'}.json"
    words: Mapping[str, Mapping[str, str]] = json.loads(resources.path("locale", name).read_text("utf-8"))
    return words
