"""A card as people read it: what happened to their work, who did what meanwhile, and every way out that makes sense now.

Table 2.5 of the protocol: what is shown for each command that is no longer valid when it arrives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.application.merging import MERGED
from desktop.application.messages import sentence
from desktop.application.records import Card, Document
from desktop.domain.errors import Rule
from desktop.domain.ids import MemberId
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile
from desktop.ui.presenters.gestures import with_fields
from desktop.ui.presenters.history import events
from desktop.ui.presenters.people import People
from desktop.ui.presenters.times import Now, full
from desktop.ui.presenters.words import Translate, label

_TOLD_MEANWHILE = frozenset({"stale_revision", "invalid_state", "withdrawn", MERGED})
_AGAIN = frozenset({"withdrawn", "expired", "busy"})
_LOST = frozenset({"forbidden", "gone"})
_STUCK = frozenset({"held", "rid_mismatch", "key_reused", "unsupported"})


@dataclass(frozen=True)
class CardWords:
    """What all cards of one document are read with. `me`: whose machine this is."""

    profile: Profile
    kind: Kind | None
    people: People
    me: MemberId
    lang: str
    now: Now
    translate: Translate


@dataclass(frozen=True)
class Way:
    """One way out: `name` is what it does (`CardActions`), `words` its button."""

    name: str
    words: str


@dataclass(frozen=True)
class Shown:
    """`facts`: who and when; the last of `ways` puts the card away."""

    text: str
    facts: str
    ways: tuple[Way, ...]


def shown(card: Card, document: Document, words: CardWords) -> Shown:
    rule = _with_people(with_fields(card.rule, card.pointers, words.kind, lang=words.lang), words)
    said = sentence(rule, words.lang)
    return Shown(f"{said.title}: {said}", _facts(card, document, words), _ways(card, document, words))


def _with_people(rule: Rule, words: CardWords) -> Rule:
    """A delegation that has ended, with its end and its giver as people call them."""
    giver = words.people.get(MemberId(rule.params.get("giver", "")))
    if rule.code != "delegation-expired" or giver is None:
        return rule
    told = {"giver": label(giver.label, words.lang) or giver.username, "end": full(rule.params["end"], words.now)}
    return Rule("delegation-ended", rule.clause, {**rule.params, **told})


def _ways(card: Card, document: Document, words: CardWords) -> tuple[Way, ...]:
    translate = words.translate
    seen = Way("seen", translate("Cards", "Seen"))
    ways = [*_special(card, document, words)]
    if card.outcome == MERGED:
        return (*ways, replace(seen, words=translate("Cards", "I have read it")))
    if card.outcome in _LOST or not document.in_scope:
        ways.append(Way("copy", translate("Cards", "Save as a new draft of mine")))
    if card.outcome == "invalid_state" and (card.name == "put" or document.dirty):
        ways.append(Way("copy", translate("Cards", "Save as a new draft of mine")))
    if card.outcome in _LOST | _STUCK or not document.in_scope:
        ways.append(Way("export", translate("Cards", "Export to a file…")))
    return (*ways, seen)


def _special(card: Card, document: Document, words: CardWords) -> Sequence[Way]:
    """What only this kind of card offers."""
    translate = words.translate
    allowed = {choice.name: choice for choice in document.choices if choice.allowed}
    if card.outcome == MERGED:
        look = Way("merged", translate("Cards", "What was merged"))
        sends = any(choice.name == "submit" for choice in document.choices)
        return (look, Way("resubmit", translate("Cards", "Read, send it again"))) if sends else (look,)
    if card.outcome == "stale_revision":
        ways = [Way("compare", translate("Cards", "What changed since I read it"))] if card.op_id else []
        verbs = [(name, allowed[name].label) for name in ("approve", "return") if name in allowed]
        new = translate("Cards", "{verb} the new text")
        named = {"approve": new, "return": "{verb}…"}
        return [*ways, *(Way(name, named[name].format(verb=label(verb, words.lang))) for name, verb in verbs)]
    if card.rule.code in {"set-aside", "package-aside"}:
        return (Way("versions", translate("Actions", "Earlier texts…")),)
    if card.outcome == "invalid" and card.pointers:
        field = words.kind.field(card.pointers[0].strip("/").split("/")[0]) if words.kind else None
        name = label(field.label, words.lang) if field else card.pointers[0]
        return (Way("field", translate("Cards", "Go to {field}").format(field=name)),)
    if (card.outcome in _AGAIN or card.rule.code in {"not-repeated", "recovered-uncertain"}) and card.name in allowed:
        again = translate("Cards", "{verb} again").format(verb=label(allowed[card.name].label, words.lang))
        return (Way(card.name, again),)
    if card.outcome == "invalid_state" and "revise" in allowed:
        return (Way("revise", label(allowed["revise"].label, words.lang)),)
    if card.outcome == "held" and card.op_id:
        return (Way("send", translate("Cards", "Send now")),)
    return ()


def _facts(card: Card, document: Document, words: CardWords) -> str:
    """What this person had wanted, and what the portal's history says of the others since."""
    translate = words.translate
    rule = words.profile.commands.get(card.name)
    verb = label(rule.label, words.lang) if rule else translate("Cards", "the text")
    when = full(card.created, words.now)
    facts = [translate("Cards", "Yours: {what}").format(what=verb.lower()) + (f", {when}" if when else "")]
    if card.outcome in _TOLD_MEANWHILE:
        others = [step for step in document.history if step.server_time and step.actor != words.me]
        told = events(others[-1:], words.profile, words.people, lang=words.lang, now=words.now, translate=translate)
        facts += [translate("Cards", "On the portal: {what}").format(what=f"{one.text}, {one.when}") for one in told]
    reason = card.rule.params.get("reason", "")
    if reason and card.name in {"return", "unpublish"}:
        facts.append(translate("Cards", "What you wrote: “{reason}”").format(reason=reason))
    return "  ·  ".join(facts)
