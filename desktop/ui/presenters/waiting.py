"""The sync centre's words: what each operation is, where it is in one of four words, why it waits, and how the last syncs ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.application.records import SyncStatus
from desktop.application.waiting import Fate, Item, Summary, Why
from desktop.domain.profile import Profile
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.values import file_size
from desktop.ui.presenters.words import Translate, label
from desktop.ui.theme.tokens import Tone

TONES = {
    Fate.HERE: Tone.DRAFT, Fate.SENDING: Tone.VERIFY, Fate.RECEIVED: Tone.PUBLISHED, Fate.PUBLIC: Tone.PUBLISHED,
    Fate.REFUSED: Tone.URGENT, Fate.WITHDRAWN: Tone.QUIET,
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What all lines share."""

    profile: Profile | None
    lang: str
    now: Now
    translate: Translate


@dataclass(frozen=True)
class Line:
    """One operation as the table shows it; `details` for whoever looks closer."""

    item: Item
    title: str
    what: str
    when: str
    fate: str
    tone: Tone
    why: str
    details: str

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.what, self.fate, self.when, self.why) if part)


@dataclass(frozen=True)
class Ended:
    """One sync that is over. `problem` is its title, "" when it went well; `at` this machine's time."""

    at: str
    sent: int = 0
    received: int = 0
    problem: str = ""


def line(item: Item, words: Words, *, status: SyncStatus | None, paused: bool) -> Line:
    translate = words.translate
    fate, when = fate_word(item.fate, translate), full(item.at, words.now)
    return Line(
        item=item,
        title=item.title or translate("Waiting", "(no title yet)"),
        what=what(item, words),
        when=when,
        fate=fate,
        tone=TONES[item.fate],
        why=_why(item, translate, status=status, paused=paused),
        details=_details(item, translate),
    )


def fate_word(fate: Fate, translate: Translate) -> str:
    """The four words for the fate of work, and two for what did not come to be."""
    return {
        Fate.HERE: translate("Waiting", "On this machine"),
        Fate.SENDING: translate("Waiting", "Being sent"),
        Fate.RECEIVED: translate("Waiting", "Received by the portal"),
        Fate.PUBLIC: translate("Waiting", "Public"),
        Fate.REFUSED: translate("Waiting", "Refused, see To settle"),
        Fate.WITHDRAWN: translate("Waiting", "Taken back"),
    }[fate]


def what(item: Item, words: Words) -> str:
    """The command as the portal profile calls it; a text is a text."""
    profile, translate = words.profile, words.translate
    if item.name == "put":
        return translate("Waiting", "The text")
    if item.name == "comment":
        return translate("Waiting", "A remark")
    step = profile.step(item.step) if profile and item.name == "approve" else None
    rule = profile.commands.get(item.name) if profile else None
    return (label(step.label, words.lang) if step else label(rule.label, words.lang) if rule else "") or item.name


def counts(waiting: Sequence[Item], answered: Sequence[Item], translate: Translate) -> tuple[tuple[str, int], ...]:
    """How much is where; what was answered counts as far as it is shown."""
    order = (Fate.HERE, Fate.SENDING, Fate.RECEIVED, Fate.PUBLIC)
    return tuple((fate_word(fate, translate), sum(i.fate is fate for i in (*waiting, *answered))) for fate in order)


def summary_text(summary: Summary, words: Words) -> str:
    """What a sync would send and receive, before it does."""
    translate = words.translate
    # Plain names as the last argument: the gatherer of sentences passes over anything else.
    texts, decisions, files, old = summary.texts, summary.decisions, summary.files, summary.old
    parts = [translate("Waiting", "texts: %n", None, texts), translate("Waiting", "decisions: %n", None, decisions)]
    if files:
        named = translate("Waiting", "files: %n", None, files)
        parts.append(f"{named} ({file_size(summary.bytes)})")
    since = full(summary.last_sync, words.now)
    said = translate("Waiting", "Not synchronised for {days} days. ").format(days=summary.days) if summary.days else ""
    said += translate("Waiting", "To be sent: {what}.").format(what=", ".join(parts))
    if since:
        said += " " + translate("Waiting", "To be received: everything since {time}.").format(time=since)
    if old:
        said += " " + translate(
            "Waiting", "Decisions made more than a day ago: %n. Look at them first.", None, summary.old
        )
    return said


def ended_text(ended: Ended, words: Words) -> str:
    translate, when = words.translate, full(ended.at, words.now)
    if ended.problem:
        return f"✕ {when} · {ended.problem}"
    if not ended.sent and not ended.received:
        return f"✓ {when} · " + translate("Waiting", "nothing new")
    told = translate("Waiting", "sent {sent}, received {received}").format(sent=ended.sent, received=ended.received)
    return f"✓ {when} · {told}"


def _why(item: Item, translate: Translate, *, status: SyncStatus | None, paused: bool) -> str:
    """Why it waits: its own reason first, then what holds everything up."""
    if item.fate not in {Fate.HERE, Fate.SENDING}:
        return ""
    own = {
        Why.HELD: translate("Waiting", "the portal could not take it; see To settle"),
        Why.FILE: translate("Waiting", "waits for its file"),
        Why.BEHIND: translate("Waiting", "waits for what stands before it"),
    }
    if item.why in own:
        return own[item.why]
    if paused:
        return translate("Waiting", "sending is paused")
    if status is not None and not status.signed_in:
        return translate("Waiting", "waits for a sign-in")
    if status is not None and not status.online:
        return translate("Waiting", "waits for a network")
    if item.why is Why.SENT:
        return translate("Waiting", "the answer has not come yet")
    return translate("Waiting", "goes with the next sync")


def _details(item: Item, translate: Translate) -> str:
    times = item.attempts
    told = [
        translate("Waiting", "Operation {id}").format(id=item.op_id),
        translate("Waiting", "number {number} of this machine").format(number=item.device_seq),
        translate("Waiting", "times sent: %n", None, times),
    ]
    if item.rid:
        told.append(translate("Waiting", "text {rid}").format(rid=f"{item.rid[:12]}…"))
    return " · ".join(told)
