"""Every problem and every rule has a sentence in both languages, and a gap never raises."""

import json

import pytest

import resources
from desktop.application.messages import LANGUAGES, sentence
from desktop.domain import errors
from desktop.domain.errors import NotAllowed, Offline, Problem, Rule


def codes_of(tree: type[Problem]) -> set[str]:
    return {tree.code}.union(*(codes_of(branch) for branch in tree.__subclasses__()))


RULES = json.loads(resources.path("contract", "rules.json").read_text("utf-8"))["codes"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_title_what_and_todo(lang: str) -> None:
    words = json.loads(resources.path("locale", f"messages.{lang}.json").read_text("utf-8"))
    wanted = {f"problem.{code}" for code in codes_of(errors.Problem)} | {f"rule.{code}" for code in RULES}
    assert wanted <= words.keys()
    assert all(set(entry) == {"title", "what", "todo"} and entry["title"] and entry["what"] for entry in words.values())


def test_both_languages_have_the_same_codes() -> None:
    files = [json.loads(resources.path("locale", f"messages.{lang}.json").read_text("utf-8")) for lang in LANGUAGES]
    assert files[0].keys() == files[1].keys()


def test_a_refusal_names_its_clause() -> None:
    said = sentence(NotAllowed(Rule("role", "QĐ 2567/2007/QĐ-UBND Điều 19.b")))
    assert "Điều 19.b" in str(said)
    assert said.title == "Vai trò này không được phép"


def test_missing_words_leave_a_gap() -> None:
    assert "…" in sentence(Rule("incomplete")).what


def test_an_unknown_code_is_told_as_a_bug_with_its_code() -> None:
    assert "brand-new" in sentence(Rule("brand-new")).what


def test_english() -> None:
    assert sentence(Offline(), "en").title == "No network"
