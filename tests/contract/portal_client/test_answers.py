"""Every answer that the portal can give has one handling and one sentence, in both languages, without a gap."""

import json
import string

import pytest

import resources
from desktop.application.messages import LANGUAGES, sentence
from desktop.domain.errors import EnvironmentProblem, Problem, Refusal, Rule
from desktop.sync.apply_results import FINAL
from desktop.sync.faults import from_problem
from desktop.sync.put_off import LATER
from server_stub.core.outcome import FINAL as GIVEN_FINAL
from server_stub.core.problems import TITLES

# Words that are filled where the sentence is made: by whoever raises it, from what the portal tells.
FILLED = {
    "too-large": {"limit"},
    "weak-password": {"minimum"},
}


def words(lang: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(resources.path("locale", f"messages.{lang}.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(TITLES))
def test_every_problem_of_the_portal_has_a_sentence_without_gaps(code: str, lang: str) -> None:
    status, _ = TITLES[code]
    found = from_problem(status, code)
    assert isinstance(found, EnvironmentProblem | Refusal)  # never taken for a fault of this program
    key = f"rule.{found.rule.code}" if isinstance(found, Refusal) else f"problem.{found.code}"
    assert key in words(lang), f"{code} is told as a bug"
    assert "…" not in str(sentence(found, lang))


def test_every_outcome_of_the_portal_has_a_handling() -> None:
    assert GIVEN_FINAL <= FINAL | LATER


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_a_rule_raises_or_names_what_cannot_be_filled(lang: str) -> None:
    for key, entry in words(lang).items():
        names = {name for text in entry.values() for _, name, _, _ in string.Formatter().parse(text) if name}
        told = sentence(Rule(key.removeprefix("rule."), params=dict.fromkeys(names, "x")), lang)
        if key.startswith("rule."):
            assert told.title == entry["title"].format(**dict.fromkeys(names, "x"))
            assert str(told).count("…") == sum(
                entry[part].count("…") for part in ("what", "todo")
            )  # it stands for a gap


def test_the_busy_portals_are_told_apart() -> None:
    told = {code: sentence(_made(code)).title for code in ("rate-limited", "maintenance", "storage-full", "internal")}
    assert len(set(told.values())) == len(told)


def _made(code: str) -> Problem:
    return from_problem(TITLES[code][0], code)
