"""The real portal on a database in memory, watched: what it answers is compared with the model, op by op."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select

from resources import path
from server_stub.core.blobs import store_blob, which_are_here
from server_stub.core.moment import stamp
from server_stub.core.people import load_person
from server_stub.core.problems import Problem
from server_stub.core.reading import Reader, blob_row, reader_for
from server_stub.core.setup import NewMember, install
from server_stub.core.sync import handle
from server_stub.store import tables as t
from server_stub.store.engine import Database, open_database
from server_stub.store.files import MemoryFiles
from tests.checker.cast import DELEGATION, MEMBERS, Seat
from tests.checker.images import Image
from tests.checker.quick import QuickDatabase
from tests.checker.times import TrueTime

EPOCHS = "0193e9a0-0000-7000-8000-{:012d}"
_BUNDLE = select(t.bundle.c.body, t.bundle.c.rev)
_IDENTITY = select(t.portal.c.epoch, t.portal.c.bundle_rev)
Heard = Callable[[Seat, Mapping[str, Any], Mapping[str, Any]], None]


class ServerCrash(Exception):  # noqa: N818  an event of the history, not an error of ours
    """The portal's process ended before its transaction did."""


@dataclass
class Installation:
    """One database of this process and its first image."""

    database: Database
    first: Image
    secret: str = "checker"
    files: MemoryFiles = field(default_factory=MemoryFiles)


def installed(*, quick: bool = False) -> Installation:
    """A portal with the cast, the generic profile and articles; slow, done once per process."""
    database = open_database("sqlite://", create=True)
    profile = json.loads(path("profiles", "generic.json").read_text(encoding="utf-8"))
    kinds = {
        name: json.loads(path("contract", "kinds", f"{name}.json").read_text(encoding="utf-8"))
        for name in profile["kinds"]
    }
    members = [NewMember(name, roles) for name, roles in MEMBERS.items()]
    time = TrueTime()
    with database.session() as session:
        install(
            session,
            profile=profile,
            kinds=kinds,
            theme=profile["theme"],
            members=members,
            clock=time,
            ids=lambda: EPOCHS.format(1),
            secret="checker",
        )
        row = {
            **DELEGATION,
            "sections": json.dumps(DELEGATION["sections"]),
            "reason": "",
            "revoked": False,
            "op_id": "-",
        }
        session.execute(insert(t.delegation).values(**row))
        seq = session.execute(select(t.portal.c.seq)).scalar_one() + 1
        session.execute(insert(t.feed).values(seq=seq, kind="delegation", target=DELEGATION["id"], entry_id=None))
        session.execute(t.portal.update().values(seq=seq))
        session.commit()
    first = Image(database.engine)
    return Installation(QuickDatabase(database.engine) if quick else database, first)


@dataclass
class Portal:
    """`heard` and `read` are told of every request that was answered, whether or not anybody receives the answer."""

    place: Installation
    time: TrueTime
    heard: Heard
    read: Callable[[Seat, Sequence[Mapping[str, Any]]], None]
    epochs: int = 1
    late: list[tuple[Seat, str]] = field(default_factory=list)
    saved: Image | None = None

    def __post_init__(self) -> None:
        self.place.first.lay_into(self.place.database.engine)

    def sync(self, seat: Seat, text: str, *, crash: bool = False) -> str:
        """Answer a request given as JSON text; with `crash` the process ends at its commit, before it holds."""
        request = json.loads(text)
        with self.place.database.session() as session:
            if crash:
                session.commit = _crash  # type: ignore[method-assign]  # the process ends where its work would hold
            reply = handle(
                session,
                member=seat.member_id,
                device_id=seat.device_id,
                request=request,
                clock=self.time,
                ids=self._epoch,
            )
        self.heard(seat, request, reply)
        return json.dumps(reply, ensure_ascii=False)

    def texts(self, seat: Seat, ids: Sequence[str], rid: str | None = None) -> str:
        """Answer a request for texts; `rid` asks for another than the head."""
        with self._reader(seat) as reader:
            found = reader.batch(ids) if rid is None else [reader.entry_view(entry_id, rid) for entry_id in ids]
        given = [view.value() for view in found if view is not None]
        self.read(seat, given)
        return json.dumps({"entries": given}, ensure_ascii=False)

    def known_rids(self, seat: Seat, rids: Sequence[str]) -> str:
        with self._reader(seat) as reader:
            return json.dumps({"known": reader.known_rids(rids)})

    def missing_blobs(self, seat: Seat, digests: Sequence[str]) -> str:
        with self._reader(seat) as reader:
            here = which_are_here(reader, digests)
        return json.dumps({"need": [sha256 for sha256 in digests if sha256 not in here]})

    def take_blob(self, seat: Seat, sha256: str, data: bytes) -> str:
        with self.place.database.session() as session:
            store_blob(session, self.place.files, sha256, data=data, member_id=seat.member_id, now=self.now())
        return "{}"

    def give_blob(self, seat: Seat, sha256: str) -> bytes | None:
        with self._reader(seat) as reader:
            row = blob_row(reader.db, sha256) if reader.may_read_blob(sha256) else None
            return None if row is None else b"".join(self.place.files.read(sha256))

    def bundle(self, known: str | None) -> dict[str, Any] | None:
        with self.place.database.session() as session:
            row = session.execute(_BUNDLE).one()
        found: dict[str, Any] = json.loads(row.body)
        return None if row.rev == known else found

    def identity(self) -> tuple[str, str]:
        """Epoch and bundle revision."""
        with self.place.database.session() as session:
            row = session.execute(_IDENTITY).one()
        return row.epoch, row.bundle_rev

    def member(self, member_id: str) -> dict[str, Any]:
        with self.place.database.session() as session:
            row = session.execute(select(t.member).where(t.member.c.id == member_id)).one()
        label, roles = json.loads(row.label), json.loads(row.roles)
        return {"id": row.id, "username": row.username, "label": label, "roles": roles, "active": bool(row.active)}

    def keep_late(self, seat: Seat, text: str) -> None:
        """A copy of a request that some box in between will let through later."""
        self.late.append((seat, text))

    def deliver_late(self, number: int) -> str:
        """Let one through; nobody hears the answer."""
        seat, text = self.late.pop(number)
        try:
            self.sync(seat, text)
        except Problem as problem:
            return problem.code
        return "ok"

    def back_up(self) -> None:
        self.saved = Image(self.place.database.engine)

    def restore(self, *, told: bool = True) -> None:
        """The database goes back to the backup; a `told` portal starts a new epoch, as `epoch.reconcile` does."""
        if self.saved is None:
            return
        self.saved.lay_into(self.place.database.engine)
        if told:
            with self.place.database.session(write=True) as session:
                session.execute(t.portal.update().values(epoch=self._epoch()))
                session.commit()

    def rows(self, statement: Any) -> Sequence[Any]:  # noqa: ANN401  any select
        with self.place.database.session() as session:
            return session.execute(statement).all()

    def now(self) -> str:
        return stamp(self.time())

    @contextmanager
    def _reader(self, seat: Seat) -> Iterator[Reader]:
        with self.place.database.session() as session:
            db = session.connection()
            person = load_person(db, seat.member_id)
            if person is None or not person.active:
                raise Problem("device-revoked", "the account is closed")
            yield reader_for(db, person, now=self.now())

    def _epoch(self) -> str:
        self.epochs += 1
        return EPOCHS.format(self.epochs)


def _crash() -> None:
    raise ServerCrash
