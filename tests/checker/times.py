"""Time and chance of a history: one true time, clocks that may be wrong, and dice that a seed repeats."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

_T = TypeVar("_T")
_HALF = 0.5

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@dataclass
class TrueTime:
    """The portal's clock; every look at it is a millisecond later, so that no two decisions share a moment."""

    moment: datetime = START

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def pass_by(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class WrongClock:
    """A client's clock: `ahead` seconds off, by years when a fault says so; its monotonic time is never wrong."""

    true: TrueTime = field(default_factory=TrueTime)
    ahead: float = 0.0

    def now(self) -> str:
        moment = self.true() + timedelta(seconds=self.ahead)
        return f"{moment.isoformat(timespec='microseconds')[:-6]}Z"

    def milliseconds(self) -> int:
        return int((self.true().timestamp() + self.ahead) * 1000)

    def monotonic(self) -> float:
        return (self.true.moment - START).total_seconds()


class Dice:
    """Implements `ports.Chance`, and the choices of the harness."""

    def __init__(self, *seed: object) -> None:
        self._random = random.Random("/".join(str(part) for part in seed))  # noqa: S311  repeatable on purpose

    def bytes(self, count: int) -> bytes:
        return self._random.randbytes(count)

    def uniform(self, low: float, high: float) -> float:
        return self._random.uniform(low, high)

    def below(self, bound: int) -> int:
        return self._random.randrange(bound)

    def happens(self, chance: float) -> bool:
        return self._random.random() < chance

    def pick(self, items: Sequence[_T]) -> _T:
        return items[self._random.randrange(len(items))]

    def weighted(self, weights: Mapping[_T, float]) -> _T:
        """A key, each as often as its weight says."""
        return self._random.choices(list(weights), list(weights.values()))[0]

    def some(self, items: Sequence[_T]) -> list[_T]:
        """Each of `items` or not."""
        return [item for item in items if self._random.random() < _HALF]
