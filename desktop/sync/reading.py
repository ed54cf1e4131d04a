"""Typed reading of JSON that came from outside: every access says what it expects, and the first surprise ends it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from desktop.domain.digest import Json
from desktop.domain.errors import NotOurPortal

_T = TypeVar("_T")

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
MEMBER = re.compile(r"u-[A-Za-z0-9._-]{1,120}")
TARGET = re.compile(r"[A-Za-z0-9._:/-]{1,200}")


@dataclass(frozen=True)
class Reading:
    """An object of a reply and where it stands in it; every method raises NotOurPortal naming the place."""

    members: Mapping[str, Json]
    place: str = ""

    def text(self, key: str) -> str:
        value = self.members.get(key)
        return value if isinstance(value, str) else self._refuse(key)

    def matching(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self.text(key)
        return value if pattern.fullmatch(value) else self._refuse(key)

    def matching_or_none(self, key: str, pattern: re.Pattern[str]) -> str | None:
        return None if self.members.get(key) is None else self.matching(key, pattern)

    def text_or_none(self, key: str) -> str | None:
        return None if self.members.get(key) is None else self.text(key)

    def number(self, key: str) -> int:
        value = self.members.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else self._refuse(key)

    def number_or_zero(self, key: str) -> int:
        return 0 if self.members.get(key) is None else self.number(key)

    def flag(self, key: str, *, otherwise: bool | None = None) -> bool:
        value = self.members.get(key, otherwise)
        return value if isinstance(value, bool) else self._refuse(key)

    def object(self, key: str) -> "Reading":
        value = self.members.get(key)
        return Reading(value, f"{self.place}/{key}") if isinstance(value, dict) else self._refuse(key)

    def object_or_none(self, key: str) -> "Reading | None":
        return None if self.members.get(key) is None else self.object(key)

    def items(self, key: str, most: int) -> list[Json]:
        value = self.members.get(key)
        return value if isinstance(value, list) and len(value) <= most else self._refuse(key)

    def objects(self, key: str, most: int) -> "list[Reading]":
        found = []
        for number, item in enumerate(self.items(key, most)):
            found.append(Reading(item, f"{self.place}/{key}/{number}") if isinstance(item, dict) else self._refuse(key))
        return found

    def read(self, key: str, make: Callable[[str], _T]) -> _T:
        """`make` of a text member; its ValueError is a refusal."""
        try:
            return make(self.text(key))
        except ValueError:
            return self._refuse(key)

    def _refuse(self, key: str) -> NoReturn:
        raise NotOurPortal(f"the reply is malformed at {self.place}/{key}")
