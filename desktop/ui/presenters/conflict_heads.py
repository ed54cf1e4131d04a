"""The head of a conflict: what happened, and above each column whose text it is, of when, in which section."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from desktop.application.merging import ConflictView
from desktop.domain.ids import MemberId
from desktop.domain.revision import Content
from desktop.ui.presenters.people import People
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.values import FieldWords
from desktop.ui.presenters.words import label


@dataclass(frozen=True)
class Heads:
    """Plain words: the name of each column and the facts under it."""

    base: tuple[str, str]
    mine: tuple[str, str]
    theirs: tuple[str, str]

    def html(self) -> tuple[str, str, str]:
        return _html(self.base), _html(self.mine), _html(self.theirs)


def whose(view: ConflictView, people: People, words: FieldWords) -> str:
    """What the other person is called in the language of the window."""
    member = people.get(MemberId(view.by_id)) if view.by_id else None
    return (label(member.label, words.lang) if member else "") or view.by or words.translate("Conflict", "someone else")


def heads(view: ConflictView, words: FieldWords, *, whose: str, now: Now) -> Heads:
    """Times of the portal are told as its own, the time of mine as this machine's."""
    translate = words.translate
    mine_at = full(view.mine_at, now)
    here = translate("Conflict", "changed {time}, on this machine").format(time=mine_at) if mine_at else ""
    base = (_revision(view.base_no, words), full(view.base_at, now))
    unknown = translate("Conflict", "not known on this machine")
    theirs = (_revision(view.rev_no, words), full(view.at, now))
    return Heads(
        (translate("Conflict", "Original"), _facts(*base, _section(view.base, words)) if view.base else unknown),
        (translate("Conflict", "Mine"), _facts(here, _section(view.mine, words))),
        (translate("Conflict", "From {who}").format(who=whose), _facts(*theirs, _section(view.theirs, words))),
    )


def _revision(number: int, words: FieldWords) -> str:
    return words.translate("Conflict", "revision {number}").format(number=number) if number else ""


def _section(content: Content | None, words: FieldWords) -> str:
    fields: Mapping[str, object] = content.fields if content else {}
    section = fields.get("section")
    return words.value("/section", section) if isinstance(section, str) else ""


def _facts(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _html(head: tuple[str, str]) -> str:
    return f"<b>{escape(head[0])}</b><br>{escape(head[1])}"
