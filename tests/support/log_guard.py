"""A log record of WARNING or above that no test expected fails the test that ran when it came.

Qt's messages are watched the same way by pytest-qt (`qt_log_level_fail` in pyproject.toml; marker `qt_log_ignore`).
"""

import logging
import re
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field
from typing import Protocol

import pytest


class ExpectLog(Protocol):
    """`expect_log("regex")`: a record that matches must come before the test ends, from `logger` or below it."""

    def __call__(self, pattern: str, *, level: int = logging.WARNING, logger: str = "") -> None: ...


@dataclass
class Expectation:
    pattern: str
    level: int
    logger: str
    met: bool = False

    def matches(self, record: logging.LogRecord) -> bool:
        below = not self.logger or record.name == self.logger or record.name.startswith(self.logger + ".")
        return below and record.levelno == self.level and re.search(self.pattern, record.getMessage()) is not None


@dataclass
class Watch:
    """What came and what was expected during one test."""

    records: list[logging.LogRecord] = field(default_factory=list)
    expected: list[Expectation] = field(default_factory=list)

    def unexpected(self) -> list[str]:
        strangers = []
        for record in self.records:
            known = [expectation for expectation in self.expected if expectation.matches(record)]
            for expectation in known:
                expectation.met = True
            if not known:
                strangers.append(f"{record.levelname} {record.name}: {record.getMessage()}")
        return strangers

    def unmet(self) -> list[str]:
        return [f"{e.pattern!r} at {logging.getLevelName(e.level)}" for e in self.expected if not e.met]


class LogGuard(logging.Handler):
    """The pytest plugin. One handler on the root logger, one watch per test."""

    def __init__(self, ignored: Collection[str] = ()) -> None:
        super().__init__(logging.WARNING)
        self.watch = Watch()
        # The program hands Qt's messages to `logging`: what is ignored there is ignored here.
        self._ignored = [re.compile(pattern) for pattern in ignored]

    def emit(self, record: logging.LogRecord) -> None:
        if not any(pattern.search(record.getMessage()) for pattern in self._ignored):
            self.watch.records.append(record)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, None, None]:
        del item
        self.watch = Watch()
        yield from self._watched()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        del item
        yield from self._watched()
        if unmet := self.watch.unmet():
            pytest.fail("expected in the log, but it never came:\n  " + "\n  ".join(unmet), pytrace=False)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, None, None]:
        del item
        yield from self._watched()

    def _watched(self) -> Generator[None, None, None]:
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield
        finally:
            root.removeHandler(self)
        strangers = self.watch.unexpected()
        self.watch.records.clear()
        if strangers:
            pytest.fail(
                "not expected in the log (fixture expect_log says what is):\n  " + "\n  ".join(strangers), pytrace=False
            )


def expectation_maker(guard: LogGuard) -> Callable[..., None]:
    def expect(pattern: str, *, level: int = logging.WARNING, logger: str = "") -> None:
        guard.watch.expected.append(Expectation(pattern, level, logger))

    return expect
