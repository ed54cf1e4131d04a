"""The portal's own clean of a long-text field's HTML, after resources/contract/sanitise.json."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import nh3

from server_stub.resources import read_json


def is_clean(html: str) -> bool:
    """Whether the portal's clean would leave `html` as it is: anything else is refused, never repaired."""
    return _cleaner().clean(html) == html


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    rules = read_json("contract", "sanitise.json")
    return nh3.Cleaner(
        tags=set(rules["tags"]),
        clean_content_tags=set(rules["clean_content_tags"]),
        attributes={tag: set(names) for tag, names in rules["attributes"].items()},
        attribute_filter=_filter(rules["attribute_patterns"]),
        strip_comments=True,
        link_rel=None,
        allowed_classes={tag: set(names) for tag, names in rules["allowed_classes"].items()},
        url_schemes=set(rules["url_schemes"]),
    )


def _filter(patterns: Mapping[str, Mapping[str, str]]) -> Callable[[str, str, str], str | None]:
    compiled: dict[tuple[str, str], re.Pattern[Any]] = {
        (name, element): re.compile(pattern)
        for name, by_element in patterns.items()
        for element, pattern in by_element.items()
    }

    def keep(element: str, name: str, value: str) -> str | None:
        pattern = compiled.get((name, element)) or compiled.get((name, "*"))
        return value if pattern is None or pattern.fullmatch(value) else None

    return keep
