"""The demo portal: frozen operations replayed through the same entry as every sync, so that nothing is made up here.

The files of the folder, by name, hold `{"members": [...], "requests": [{"as", "request"}]}`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server_stub.core.moment import Clock, read
from server_stub.core.passwords import one_time
from server_stub.core.setup import NewMember, install
from server_stub.core.strict_json import parse
from server_stub.core.sync import handle
from server_stub.resources import read_json, read_kinds
from server_stub.settings import Settings
from server_stub.store import tables as t
from server_stub.store.engine import Database


class DemoError(Exception):
    """The frozen operations do not fit this portal; the text says which and why."""


@dataclass(frozen=True)
class Account:
    """Printed once: the password is kept nowhere."""

    username: str
    password: str
    label: Mapping[str, str]
    must_change: bool


@dataclass(frozen=True)
class Story:
    members: tuple[Mapping[str, Any], ...]
    requests: tuple[Mapping[str, Any], ...]


def read_story(folder: Path) -> Story:
    """All files of the folder as one; OSError or BadJsonError when it cannot be read."""
    members: list[Mapping[str, Any]] = []
    requests: list[Mapping[str, Any]] = []
    for path in sorted(folder.glob("*.json")):
        value = parse(path.read_bytes())
        if not isinstance(value, dict):
            raise DemoError(f"{path.name}: an object is needed")
        members += value.get("members", [])
        requests += value.get("requests", [])
    return Story(tuple(members), tuple(requests))


def load_demo(database: Database, story: Story, *, settings: Settings) -> list[Account]:
    """Install the generic portal with the story's members and replay its operations.

    Raises:
        DemoError: an operation was not applied.
    """
    accounts = [
        Account(member["username"], one_time(settings.chance), member["label"], not member["password_changed"])
        for member in story.members
    ]
    with database.session() as session:
        _install(session, story, accounts, settings=settings)
    for number, item in enumerate(story.requests):
        _replay(database, item, where=f"request {number} as {item['as']}", settings=settings)
    return accounts


def _install(session: Session, story: Story, accounts: Sequence[Account], *, settings: Settings) -> None:
    profile = read_json("profiles", "generic.json")
    members = [
        NewMember(
            account.username,
            tuple(member["roles"]),
            account.label,
            settings.passwords.hash(account.password),
            password_initial=account.must_change,
        )
        for member, account in zip(story.members, accounts, strict=True)
    ]
    install(
        session, profile=profile, kinds=read_kinds(), theme=profile["theme"], members=members, clock=settings.clock,
        ids=settings.ids,
    )  # fmt: skip


def _replay(database: Database, item: Mapping[str, Any], *, where: str, settings: Settings) -> None:
    member, request = f"u-{item['as']}", item["request"]
    with database.session() as session:
        epoch = session.execute(select(t.portal.c.epoch)).scalar_one()
        reply = handle(
            session,
            member=member,
            device_id=request["device_id"],
            request={**request, "actor": member, "epoch": epoch, "cursor": None, "limit": 1},
            clock=_told_time(request, settings.clock),
            ids=settings.ids,
        )
    for result in reply["results"]:
        if result["outcome"] != "applied":
            raise DemoError(f"{where}: {result['op_id']} was {result['outcome']}: {result['rule']}")


def _told_time(request: Mapping[str, Any], clock: Clock) -> Clock:
    """The story's own time where it lies in the past, so that the public pages have a history."""
    told = max((read(op["client_time"]) for op in request["ops"] if op.get("client_time")), default=None)
    return clock if told is None or told >= clock() else lambda: told
