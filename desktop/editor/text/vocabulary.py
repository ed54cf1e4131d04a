"""The words a portal knows beyond the rule of syllables: abbreviations, terms, wrong phrases, names of agencies, one's own."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import resources
from desktop.domain.checks.citations import Register, register_from_json
from desktop.domain.digest import Json
from desktop.editor.text.syllables import newer

_STYLED = re.compile(r"[òóỏõọ][ae]|[ùúủũụÙÚỦŨỤ]y")


@dataclass(frozen=True)
class Vocabulary:
    """`abbreviations` count as written, `terms` in any case; `replacements`: a phrase that is always wrong → the right one;
    `agencies` as their names are written; `own`: added by the member on this machine.
    """

    abbreviations: frozenset[str]
    terms: frozenset[str]
    replacements: Mapping[str, str]
    agencies: tuple[str, ...]
    own: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        lower = word.lower()
        return word in self.abbreviations or lower in self.terms or word in self.own or lower in self.own

    def with_own(self, words: Iterable[str]) -> "Vocabulary":
        return Vocabulary(self.abbreviations, self.terms, self.replacements, self.agencies, frozenset(words))

    @cached_property
    def wrong(self) -> re.Pattern[str] | None:
        """Any of the phrases that are always wrong, as whole words; None without one."""
        return _phrases(self.replacements)

    @cached_property
    def named(self) -> re.Pattern[str] | None:
        """Any agency's name, however its capitals are and in both styles of the tone mark."""
        return _phrases(self.agencies, re.IGNORECASE)


def vocabulary(profile: Mapping[str, Json] | None = None, own: Iterable[str] = ()) -> Vocabulary:
    """What is shipped, what the portal profile adds under `words`, and the member's own. Unknown members are left alone."""
    added = (profile or {}).get("words")
    parts = [_shipped(), added if isinstance(added, dict) else {}]
    replacements = {
        wrong: right
        for part in parts
        if isinstance(found := part.get("replacements"), dict)
        for wrong, right in found.items()
        if isinstance(right, str)
    }
    return Vocabulary(
        abbreviations=frozenset(word for part in parts for word in _words(part, "abbreviations")),
        terms=frozenset(word.lower() for part in parts for word in _words(part, "terms")),
        replacements=replacements,
        agencies=tuple(dict.fromkeys(name for part in parts for name in _words(part, "agencies"))),
        own=frozenset(own),
    )


@lru_cache(maxsize=1)
def shipped_register() -> Register:
    """Acts and standards that every portal cites; its own documents are added by whoever knows them."""
    return register_from_json(json.loads(resources.path("language", "register.json").read_text("utf-8")))


@lru_cache(maxsize=1)
def _shipped() -> Mapping[str, Json]:
    value: Mapping[str, Json] = json.loads(resources.path("language", "vi.json").read_text("utf-8"))
    return value


def _words(part: Mapping[str, Json], name: str) -> list[str]:
    found = part.get(name)
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def _phrases(phrases: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    listed = sorted(phrases, key=len, reverse=True)
    if not listed:
        return None
    body = "|".join(_both_styles(re.escape(phrase)).replace(r"\ ", r"\s+") for phrase in listed)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", flags)


def _both_styles(pattern: str) -> str:
    return _STYLED.sub(lambda found: f"(?:{found[0]}|{newer(found[0])})", pattern)
