"""What a package of unsent work brings, in one line: before it is brought in, and after."""

from desktop.application.packages import Brought
from desktop.ui.presenters.times import full
from desktop.ui.presenters.values import file_size
from desktop.ui.presenters.waiting import Words

_NAMED = 3


def brought_text(told: Brought, words: Words) -> str:
    """Whose it is, of when, and what of it is new here."""
    translate = words.translate
    said = translate("Waiting", "Package of {member}, exported {time}.").format(
        member=told.username, time=full(told.made_at, words.now)
    )
    if told.is_empty:
        return f"{said} " + translate("Waiting", "Everything in it is here already.")
    said += " " + translate("Waiting", "It brings: {what}.").format(what=_what(told, words))
    if told.titles:
        more = "…" if len(told.titles) > _NAMED else ""
        said += " " + "; ".join(f"“{title}”" for title in told.titles[:_NAMED]) + more + "."
    if told.decisions and told.oldest:
        said += " " + translate("Waiting", "Decisions in it go out with the next sync, the oldest of {time}.").format(
            time=full(told.oldest, words.now)
        )
    return said


def done_text(told: Brought, words: Words) -> str:
    return words.translate("Waiting", "Brought in: {what}").format(what=_what(told, words) or "0")


def _what(told: Brought, words: Words) -> str:
    translate = words.translate
    # Plain names as the last argument: the gatherer of sentences passes over anything else.
    texts, decisions, remarks, drafts = told.texts, told.decisions, told.remarks, told.drafts
    aside, files, left, already = told.aside, told.files, told.left, told.already
    parts = (
        (texts, translate("Waiting", "texts: %n", None, texts)),
        (decisions, translate("Waiting", "decisions: %n", None, decisions)),
        (remarks, translate("Waiting", "remarks: %n", None, remarks)),
        (drafts, translate("Waiting", "unfinished texts: %n", None, drafts)),
        (aside, translate("Waiting", "unfinished texts for the history, as you write others here: %n", None, aside)),
        (files, translate("Waiting", "files: %n", None, files) + f" ({file_size(told.bytes)})"),
        (left, translate("Waiting", "decisions from before the portal was restored, not repeated: %n", None, left)),
        (already, translate("Waiting", "already here: %n", None, already)),
    )
    return ", ".join(text for count, text in parts if count)
