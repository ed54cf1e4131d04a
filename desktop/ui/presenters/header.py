"""The head of a document: its title, where it stands between the steps, and whether what is typed is on disk."""

from dataclasses import dataclass, replace
from enum import StrEnum

from desktop.application.records import Document, Step
from desktop.domain.entry import Phase
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.ui.presenters.people import People, actor
from desktop.ui.presenters.times import Now, full, short
from desktop.ui.presenters.words import Translate, label


class Stand(StrEnum):
    """How a step stands."""

    DONE = "done"
    CURRENT = "now"
    AHEAD = "next"


@dataclass(frozen=True)
class Stage:
    """One step as the head shows it: `told` says who took it and when, or whom it waits for."""

    label: str
    stand: Stand
    told: str = ""


class Saved(StrEnum):
    """What is true of the text on the screen: on disk, changed and not yet written, or refused."""

    KEPT = "kept"
    CHANGED = "changed"
    FAILED = "failed"
    READ_ONLY = "read-only"


def title(document: Document, kind: Kind | None, translate: Translate) -> str:
    """What people call the entry."""
    text = document.fields.get(kind.title_field if kind else "title")
    return text.strip() if isinstance(text, str) and text.strip() else translate("Header", "(no title yet)")


def is_absent(document: Document) -> bool:
    """The portal has a text, this machine not yet: nothing can be said of it."""
    return document.content is None and document.facts.head_rid is not None and not document.saved_at


def titled(document: Document, kind: Kind | None, called: str) -> Document:
    """An absent text goes by the title that the list knows."""
    if kind is None or not called or not is_absent(document):
        return document
    return replace(document, fields={kind.title_field: called})


def stages(document: Document, profile: Profile, *, lang: str) -> tuple[Stage, ...]:
    """The steps of the portal profile, with the one that is awaited marked."""
    state = document.facts.state
    current = _current(document, profile)
    marks = []
    for number, step in enumerate(profile.steps):
        stand = Stand.DONE if number < current else Stand.CURRENT if number == current else Stand.AHEAD
        if state.phase is Phase.DISCARDED:
            stand = Stand.AHEAD
        marks.append(Stage(label(step.label, lang), stand))
    return tuple(marks)


def told_stages(
    document: Document,
    profile: Profile,
    people: People,
    *,
    lang: str,
    mine: bool,
    now: Now,
    translate: Translate,
) -> tuple[Stage, ...]:
    """The same for whoever decides: done steps say who took them and when; the awaited one says whether it waits for me."""
    taken = _taken(document.history)
    told = []
    for number, stage in enumerate(stages(document, profile, lang=lang)):
        if stage.stand is Stand.DONE and number < len(taken):
            told.append(replace(stage, told=_told(taken[number], actor(taken[number], people, lang), now, translate)))
        elif stage.stand is Stand.CURRENT and mine:
            told.append(replace(stage, told=translate("Header", "waits for you")))
        else:
            told.append(stage)
    return tuple(told)


def saved_text(saved: Saved, at: str, now: Now, translate: Translate) -> str:
    """The mark beside the steps. Never says "saved" of a text that is not on disk."""
    match saved:
        case Saved.CHANGED:
            return translate("Header", "saving…")
        case Saved.FAILED:
            return translate("Header", "✕ not saved")
        case Saved.READ_ONLY:
            return translate("Header", "read only")
    when = short(at, now)
    return translate("Header", "✓ saved {time}").format(time=when) if when else translate("Header", "✓ saved")


def _current(document: Document, profile: Profile) -> int:
    state = document.facts.state
    if state.phase in {Phase.PUBLISHED, Phase.UNPUBLISHED}:
        return len(profile.steps)
    return profile.index(state.step)


def _taken(history: tuple[Step, ...]) -> list[Step]:
    """The submission and the approvals since the text last began: one per step passed."""
    taken: list[Step] = []
    for step in history:
        if step.name in {"return", "recall", "revise"}:
            taken = []
        elif step.name == "submit":
            taken = [step]
        elif step.name == "approve":
            taken.append(step)
    return taken


def _told(step: Step, who: str, now: Now, translate: Translate) -> str:
    when = full(step.server_time, now) or translate("Header", "waits for network")  # not inside an f-string: lupdate
    return f"{who} {when}"
