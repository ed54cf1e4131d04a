"""What concerns the whole home: told once until it is read, or asked until it is answered. Kept in the store."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from desktop.application.ports import Announce, Store, Work
from desktop.application.records import Changes, Notice
from desktop.domain.errors import NotFound, Rule

_KEY = "notices"


def told(work: Work) -> tuple[Notice, ...]:
    """What is open, oldest first."""
    stored = json.loads(work.feed.value(_KEY) or "[]")
    return tuple(Notice(Rule(**item["rule"]), item["created"], item["asks"]) for item in stored)


def tell(work: Work, rule: Rule, *, at: str, asks: bool = False) -> None:
    """Open a notice; an earlier one of the same code is replaced. `at`: this machine's time (ISO 8601 UTC)."""
    plain = Rule(rule.code, rule.clause, dict(rule.params))
    _write(work, [*_others(work, rule.code), Notice(plain, at, asks)])


def withdraw(work: Work, code: str) -> None:
    """Nothing to be told any more, if anything was."""
    others = _others(work, code)
    if len(others) != len(told(work)):
        _write(work, others)


def agreed(work: Work, code: str) -> Mapping[str, str] | None:
    """The words of the question that the member said yes to, until the matter is over (`settle`); None without a yes."""
    stored = work.feed.value(f"agreed:{code}")
    return None if stored is None else dict(json.loads(stored))


def settle(work: Work, code: str) -> None:
    """What was allowed has been done: the next time is asked anew."""
    if agreed(work, code) is not None:
        work.feed.set_value(f"agreed:{code}", None)


class Notices:
    """What a window or a command line does with them. Mutating calls raise NotFound when no such notice is open."""

    def __init__(self, store: Store, announce: Announce) -> None:
        self._store = store
        self._announce = announce

    def open(self) -> Sequence[Notice]:
        with self._store.read() as work:
            return told(work)

    def dismiss(self, code: str) -> None:
        """The member has read it; a question stays until it is answered."""
        self._close(code, asks=False)

    def confirm(self, code: str) -> None:
        """Yes: the next sync does what it asked about, and no more than that."""
        self._close(code, asks=True, allow=True)

    def decline(self, code: str) -> None:
        """No: nothing was done; the next sync asks the portal anew, and the member again if it still says so."""
        self._close(code, asks=True)

    def _close(self, code: str, *, asks: bool, allow: bool = False) -> None:
        with self._store.write() as work:
            found = [item.rule for item in told(work) if item.rule.code == code and item.asks == asks]
            if not found:
                raise NotFound(Rule("not-found"))
            withdraw(work, code)
            if allow:
                work.feed.set_value(f"agreed:{code}", json.dumps(dict(found[0].params), ensure_ascii=False))
        self._announce(Changes(lists=True))


def _others(work: Work, code: str) -> list[Notice]:
    return [notice for notice in told(work) if notice.rule.code != code]


def _write(work: Work, notices: Sequence[Notice]) -> None:
    value = json.dumps([asdict(notice) for notice in notices], ensure_ascii=False) if notices else None
    work.feed.set_value(_KEY, value)
