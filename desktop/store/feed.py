"""Where this home stands with the portal, whom it belongs to, and the bundles it has judged by."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, insert, select

from desktop.application.records import Account
from desktop.domain.digest import Json
from desktop.domain.ids import MemberId
from desktop.store import codec
from desktop.store.line import Line
from desktop.store.tables import account as account_table
from desktop.store.tables import bundle as bundle_table
from desktop.store.tables import feed, unknown_change

_VALUES: Final = select(feed.c.key, feed.c.value)
_SET_VALUE: Final = codec.upsert(feed, key="key")
_UNSET: Final = delete(feed).where(feed.c.key == bindparam("of_key"))
_UNKNOWN: Final = insert(unknown_change)
_ALL_UNKNOWN: Final = select(unknown_change.c.change).order_by(unknown_change.c.no)
_FORGET_UNKNOWN: Final = delete(unknown_change)
_ACCOUNT: Final = select(account_table)
_SET_ACCOUNT: Final = codec.upsert(account_table, key="one")
_BUNDLE: Final = select(bundle_table.c.body).where(bundle_table.c.rev == bindparam("of_rev"))
_PUT_BUNDLE: Final = codec.upsert(bundle_table, key="rev")


class FeedRows:
    """The values are few and each transaction asks for most of them: they are read once in it, as is the account."""

    def __init__(self, connection: Line) -> None:
        self._connection = connection
        self._known: dict[str, str] | None = None
        self._account: Account | None = None

    def value(self, key: str) -> str | None:
        return self._values().get(key)

    def set_value(self, key: str, value: str | None) -> None:
        known = self._values()
        if known.get(key) == value:
            return
        if value is None:
            self._connection.execute(_UNSET, {"of_key": key})
            del known[key]
        else:
            self._connection.execute(_SET_VALUE, {"key": key, "value": value})
            known[key] = value

    def _values(self) -> dict[str, str]:
        if self._known is None:
            self._known = {row.key: row.value for row in self._connection.execute(_VALUES)}
        return self._known

    def keep_unknown(self, change: Mapping[str, Json]) -> None:
        """A change of a type this version does not know, for one that will."""
        self._connection.execute(_UNKNOWN, {"change": codec.heard(dict(change))})

    def take_unknown(self) -> Sequence[Mapping[str, Json]]:
        """All that was kept so, oldest first, and kept no longer."""
        found = [codec.read(row.change) for row in self._connection.execute(_ALL_UNKNOWN)]
        if found:
            self._connection.execute(_FORGET_UNKNOWN)
        return found

    def account(self) -> Account | None:
        if self._account is None:
            row = self._connection.execute(_ACCOUNT).one_or_none()
            self._account = account_of(row) if row is not None else None
        return self._account

    def set_account(self, account: Account) -> None:
        self._connection.execute(
            _SET_ACCOUNT,
            {
                "one": 1,
                "portal_url": account.portal_url,
                "member_id": account.member_id,
                "username": account.username,
                "device_id": account.device_id,
                "label": codec.heard(dict(account.label)),
            },
        )
        self._account = account

    def bundle(self, rev: str) -> Mapping[str, Json] | None:
        body = self._connection.execute(_BUNDLE, {"of_rev": rev}).scalar_one_or_none()
        if body is None:
            return None
        stored: dict[str, Json] = codec.read(body)
        return stored

    def put_bundle(self, rev: str, bundle: Mapping[str, Json]) -> None:
        self._connection.execute(_PUT_BUNDLE, {"rev": rev, "body": codec.heard(dict(bundle))})


@codec.of_row
def account_of(row: Row[Any]) -> Account:
    return Account(row.portal_url, MemberId(row.member_id), row.username, row.device_id, codec.read(row.label))
