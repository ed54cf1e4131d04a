"""One row of the list: title, a pill for the state, the section, and on the right what happens with it now."""

from dataclasses import dataclass

from desktop.application.records import Shown
from desktop.domain.profile import Profile
from desktop.ui.presenters.deadline import due_short
from desktop.ui.presenters.times import Now, short
from desktop.ui.presenters.words import Translate, label
from desktop.ui.theme.tokens import Tone


@dataclass(frozen=True)
class Pill:
    text: str
    tone: Tone


@dataclass(frozen=True)
class Row:
    """What the delegate paints. `spoken` is the whole row as a screen reader says it."""

    title: str
    pills: tuple[Pill, ...]
    detail: str
    right: str
    late: bool

    @property
    def spoken(self) -> str:
        parts = [self.title, *(pill.text for pill in self.pills), self.detail, self.right]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class RowWords:
    """What all rows of one list share."""

    profile: Profile
    kinds: dict[str, str]
    lang: str
    online: bool
    now: Now
    translate: Translate


def row(shown: Shown, words: RowWords) -> Row:
    """The row for `shown`."""
    translate = words.translate
    pills = [pill(shown, words)]
    if shown.urgent:
        pills.insert(0, Pill(translate("Row", "URGENT"), Tone.URGENT))
    right, late = _right(shown, words)
    return Row(
        title=shown.title.strip() or translate("Row", "(no title yet)"),
        pills=tuple(pills),
        detail=_detail(shown, words),
        right=right,
        late=late,
    )


def pill(shown: Shown, words: RowWords) -> Pill:
    """The state as one word and one colour."""
    translate = words.translate
    if shown.conflict:
        return Pill(translate("Row", "Conflict"), Tone.URGENT)
    if shown.returned and shown.phase == "draft":
        return Pill(translate("Row", "Returned"), Tone.URGENT)
    match shown.phase:
        case "waiting":
            return _waiting(shown.step, words)
        case "published" if shown.waiting:
            return _waiting(words.profile.steps[-1].id, words)  # public is what the portal has published
        case "published":
            return Pill(translate("Row", "Published"), Tone.PUBLISHED)
        case "unpublished":
            return Pill(translate("Row", "Withdrawn"), Tone.QUIET)
        case "discarded":
            return Pill(translate("Row", "Discarded"), Tone.QUIET)
    return Pill(label(words.profile.steps[0].waiting, words.lang), Tone.DRAFT)


def _waiting(step_id: str, words: RowWords) -> Pill:
    step = words.profile.step(step_id)
    if step is None:
        return Pill(words.translate("Row", "Waiting"), Tone.VERIFY)
    last = step.id == words.profile.steps[-1].id
    return Pill(label(step.waiting, words.lang), Tone.PUBLISH if last else Tone.VERIFY)


def _detail(shown: Shown, words: RowWords) -> str:
    section = words.profile.section(shown.section)
    place = label(section.label, words.lang) if section else words.kinds.get(shown.kind, shown.kind)
    parts = [shown.lang.upper()] if shown.lang != "vi" else []
    parts.append(place)
    if shown.key and shown.key not in shown.title:
        parts.append(shown.key)
    return " · ".join(part for part in parts if part)


def _right(shown: Shown, words: RowWords) -> tuple[str, bool]:
    translate = words.translate
    if shown.card:
        return translate("Row", "to settle"), True
    if shown.waiting:
        return (translate("Row", "↑ sending") if words.online else translate("Row", "↑ waits for network")), False
    told, late = due_short(shown.due, words.now, translate)
    if told:
        return told, late
    when = short(shown.updated, words.now)
    match shown.phase:
        case "waiting":
            return translate("Row", "✓ sent"), False
        case "published":
            return f"✓ {when}".strip(), False
    return when or translate("Row", "on this machine"), False
