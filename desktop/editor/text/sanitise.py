"""The allow-list of `resources/contract/sanitise.json`, applied until nothing changes any more.

nh3 is not idempotent on everything (nested links, misplaced tables); what is approved must be what the portal's own
clean leaves alone.
"""

import html as entities
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nh3

import resources
from desktop.domain.text import tidy_text


@dataclass(frozen=True)
class Policy:
    """`sanitise.json` read; its own `description` says what each member means."""

    tags: frozenset[str]
    clean_content_tags: frozenset[str]
    attributes: Mapping[str, frozenset[str]]
    allowed_classes: Mapping[str, frozenset[str]]
    url_schemes: frozenset[str]
    patterns: Mapping[str, Mapping[str, re.Pattern[str]]]
    max_rounds: int

    @classmethod
    def read(cls, path: Path) -> "Policy":
        data = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            tags=frozenset(data["tags"]),
            clean_content_tags=frozenset(data["clean_content_tags"]),
            attributes={tag: frozenset(names) for tag, names in data["attributes"].items()},
            allowed_classes={tag: frozenset(names) for tag, names in data["allowed_classes"].items()},
            url_schemes=frozenset(data["url_schemes"]),
            patterns={
                name: {tag: re.compile(pattern) for tag, pattern in by_tag.items()}
                for name, by_tag in data["attribute_patterns"].items()
            },
            max_rounds=data["max_rounds"],
        )

    def keep(self, tag: str, name: str, *, value: str) -> str | None:
        """The attribute's value, or None when the attribute must go."""
        by_tag = self.patterns.get(name, {})
        pattern = by_tag.get(tag) or by_tag.get("*")
        return value if pattern is None or pattern.fullmatch(value) else None

    def cleaner(self) -> nh3.Cleaner:
        return nh3.Cleaner(
            tags=set(self.tags),
            clean_content_tags=set(self.clean_content_tags),
            attributes={tag: set(names) for tag, names in self.attributes.items()},
            attribute_filter=lambda tag, name, value: self.keep(tag, name, value=value),
            strip_comments=True,
            link_rel=None,
            allowed_classes={tag: set(names) for tag, names in self.allowed_classes.items()},
            url_schemes=set(self.url_schemes),
        )


POLICY = Policy.read(resources.path("contract", "sanitise.json"))
_CLEANER = POLICY.cleaner()


# NFC would join this mark to the ">" of the tag before it and destroy the tag.
_STROKE_AFTER_TAG = re.compile("(>[\u0300-\u036f]*)\u0338+")


@dataclass(frozen=True)
class Cleaned:
    """`stable` False: cleaning did not settle, `html` is the input as escaped text."""

    html: str
    stable: bool


def clean(html: str) -> Cleaned:
    """`html` reduced to what the contract allows, in NFC, unchanged by any further clean. Never fails."""
    before = html
    for _ in range(POLICY.max_rounds + 1):  # the last round only finds out whether the one before had settled it
        after = clean_once(before)
        if after == before:
            return Cleaned(after, stable=True)
        before = after
    return Cleaned(as_text(html), stable=False)


def clean_once(html: str) -> str:
    """One round of `clean`."""
    return tidy_text(_STROKE_AFTER_TAG.sub(r"\1", _CLEANER.clean(html)))


def as_text(html: str) -> str:
    """`html` shown instead of obeyed."""
    # A parser drops a line feed right after <pre>, at every clean another one.
    return f"<pre>{entities.escape(tidy_text(html).lstrip(chr(10)), quote=False)}</pre>"
