"""The commands an entry offers now: what the button says, whether it may be pressed, and if not, why and by which clause."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop.application.records import Choice, Document
from desktop.domain.errors import Rule
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.ui.presenters.words import Translate, label

Explain = Callable[[Rule], str]
_FORWARD = ("submit", "approve")
_ORDER = ("submit", "approve", "return", "recall", "revise", "restore", "unpublish", "discard")


@dataclass(frozen=True)
class Gesture:
    """One button. `why` is empty when it may be pressed; `reason`: it asks for one first."""

    name: str
    text: str
    allowed: bool
    why: str = ""
    reason: bool = False


@dataclass(frozen=True)
class Offer:
    """What the head of a document shows: at most one way forward, everything else beside it."""

    primary: Gesture | None
    others: tuple[Gesture, ...]

    def named(self, name: str) -> Gesture | None:
        """The gesture of that command, if it is offered."""
        found = [self.primary] if self.primary else []
        return next((gesture for gesture in (*found, *self.others) if gesture.name == name), None)


def offer(
    document: Document, profile: Profile, kind: Kind | None, *, lang: str, explain: Explain, translate: Translate
) -> Offer:
    """The gestures for `document`, the way forward first; the rest in the order of the stages."""
    ranked = sorted(document.choices, key=lambda choice: _ORDER.index(choice.name) if choice.name in _ORDER else 99)
    named = [
        replace(choice, rule=choice.rule and with_fields(choice.rule, choice.pointers, kind, lang=lang))
        for choice in ranked
    ]
    made = [_gesture(choice, document, profile, lang=lang, explain=explain, translate=translate) for choice in named]
    primary = _forward(made)
    return Offer(primary, tuple(gesture for gesture in made if gesture is not primary))


def _forward(made: Sequence[Gesture]) -> Gesture | None:
    forward = [gesture for gesture in made if gesture.name in _FORWARD]
    return next((gesture for gesture in forward if gesture.allowed), forward[0] if forward else None)


def _gesture(
    choice: Choice, document: Document, profile: Profile, *, lang: str, explain: Explain, translate: Translate
) -> Gesture:
    text = label(choice.label, lang) or choice.name
    if choice.name == "approve":
        text = _approval(choice, document, profile, lang=lang, translate=translate)
    rule = profile.commands.get(choice.name)
    why = "" if choice.allowed or choice.rule is None else because(choice.rule, explain)
    asks = rule.reason if rule else False
    return Gesture(choice.name, f"{text}…" if asks else text, choice.allowed, why, reason=asks)


def _approval(choice: Choice, document: Document, profile: Profile, *, lang: str, translate: Translate) -> str:
    step = profile.step(choice.step)
    verb = label(step.label, lang) if step else label(choice.label, lang)
    if document.rev_no and not document.dirty:
        return translate("Gestures", "{verb} revision {number}").format(verb=verb, number=document.rev_no)
    return translate("Gestures", "{verb} this text").format(verb=verb)


def with_fields(rule: Rule, pointers: Sequence[str], kind: Kind | None, *, lang: str) -> Rule:
    """The rule with the fields that `pointers` name, by the names a person knows."""
    if not pointers or kind is None:
        return rule
    fields = [kind.field(pointer.strip("/").split("/")[0]) for pointer in pointers]
    names = ", ".join(label(field.label, lang) for field in fields if field is not None)
    return replace(rule, params={**rule.params, "fields": names})


def because(rule: Rule, explain: Explain) -> str:
    """The rule's sentence and, in brackets, the clause of the regulation behind it."""
    said = explain(rule)
    return f"{said} ({rule.clause})" if rule.clause and rule.clause not in said else said
