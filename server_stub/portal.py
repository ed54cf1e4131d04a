"""One running portal: its database, and what several endpoints need of it; no HTTP.

A token is checked in a session of its own, before the work begins in another.
"""

import logging
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from server_stub import auth, maintenance
from server_stub.core import devices, epoch
from server_stub.core.canonical import MAX_DEPTH
from server_stub.core.catalog import Catalog, load_catalog
from server_stub.core.moment import stamp
from server_stub.core.problems import Problem
from server_stub.core.reading import Reader, reader_for
from server_stub.core.sync import MAX_CHANGES, MAX_OPS, PROTOCOL, NewEpochProblem, handle
from server_stub.core.validate import MAX_CONTENT
from server_stub.settings import Settings
from server_stub.store import tables as t
from server_stub.store.engine import open_database
from server_stub.store.parts import Parts
from server_stub.uploading import Uploads

log = logging.getLogger(__name__)

MAX_REQUEST: Final = 16 * 1024 * 1024


class Portal:
    """Settings, database and means of signing in, opened once."""

    def __init__(self, settings: Settings) -> None:
        """Open the database; a database that went back in time gets a new epoch."""
        self.settings = settings
        self.files = settings.open_files()
        self.database = open_database(settings.database, create=settings.create, files=self.files)
        self._spare = tempfile.TemporaryDirectory(prefix="toasoan-") if settings.folder is None else None
        parts = Parts((settings.folder or Path(self._spare.name if self._spare else "")) / "uploads")
        self.uploads = Uploads(
            self.database, self.files, parts, limits=settings.limits, clock=settings.clock, ids=settings.ids,
            scan=settings.scan,
        )  # fmt: skip
        self._noting = threading.Lock()
        self.means = auth.Means(settings.clock, settings.ids, settings.chance, settings.passwords)
        if settings.epoch_file is not None and self.installed():
            with self.database.session(write=True) as session:
                if epoch.reconcile(session.connection(), settings.epoch_file, ids=settings.ids):
                    log.warning("the database is older than its side file: a new epoch begins")
                session.commit()
            self.note_epoch()

    def close(self) -> None:
        self.uploads.close()
        self.database.close()
        if self._spare is not None:
            self._spare.cleanup()

    def installed(self) -> bool:
        """Whether a portal has been put into the database."""
        with self.database.session() as session:
            return session.execute(select(t.portal.c.id)).first() is not None

    def catalog(self) -> Catalog:
        """The bundle in force."""
        with self.database.session() as session:
            rev = session.execute(select(t.portal.c.bundle_rev)).scalar_one()
            return load_catalog(session.connection(), rev)

    def capabilities(self) -> dict[str, Any]:
        with self.database.session() as session:
            of_now = session.execute(select(t.portal.c.epoch)).scalar_one()
        document = self.catalog().document
        return {
            "api": "toasoan",
            "protocol": {"min": PROTOCOL, "max": PROTOCOL},
            "epoch": of_now,
            "limits": {
                "ops": MAX_OPS,
                "changes": MAX_CHANGES,
                "request_bytes": MAX_REQUEST,
                "entry_bytes": MAX_CONTENT,
                "depth": MAX_DEPTH,
                **asdict(self.settings.limits),
            },
            "features": ["blobs", "delegation", "comments", "claims", "personal", "tus", "devices"],
            "portal": {"name": document["profile"]["portal"]["name"]},
            "theme": document["theme"],
        }

    def closed(self) -> maintenance.Closed | None:
        return maintenance.closed(self.settings.epoch_file, clock=self.settings.clock)

    def caller(self, access: str, *, password_only: bool = False) -> auth.Caller:
        """Whose token it is; Problem otherwise."""
        with self.database.session() as session:
            return auth.who_calls(session, access, clock=self.settings.clock, password_only=password_only)

    def sync(self, caller: auth.Caller, request: Mapping[str, Any]) -> dict[str, Any]:
        """One sync request; an unforeseen error in one operation is logged and answered `busy`."""
        side_file = self.settings.epoch_file
        noted = None if side_file is None else epoch.noted_in(side_file)
        try:
            with self.database.session() as session:
                reply = handle(
                    session,
                    member=caller.person.id,
                    device_id=caller.device_id,
                    request=request,
                    clock=self.settings.clock,
                    ids=self.settings.ids,
                    on_fault=lambda error: log.error("an operation failed", exc_info=error),
                    noted=noted,
                    limits=self.settings.limits,
                )
        except Problem as problem:
            if problem.code == "epoch-changed":
                if isinstance(problem, NewEpochProblem):
                    log.warning("the database went back in time: a new epoch begins")
                self.note_epoch()
            raise
        if reply["results"] or (noted is not None and noted.epoch != reply["epoch"]):
            self.note_epoch()
        self._note_contact(caller, request.get("waiting"))
        return reply

    def _note_contact(self, caller: auth.Caller, waiting: int | None) -> None:
        """For who looks after the devices; where it cannot be written, the sync is none the worse."""
        now = stamp(self.settings.clock())
        if not devices.is_news(seen=caller.seen, known=caller.waiting, waiting=waiting, now=now):
            return
        try:
            with self.database.session(write=True) as session:
                devices.note(session.connection(), caller.session_id, waiting=waiting, now=now)
                session.commit()
        except SQLAlchemyError as error:
            log.warning("when a device was heard could not be noted", exc_info=error)

    @contextmanager
    def reading(self, caller: auth.Caller, *, write: bool = False) -> Iterator[Reader]:
        """The caller's eyes, for the time of one answer; with `write`, what was written is committed at the end."""
        with self.database.session(write=write) as session:
            yield reader_for(session.connection(), caller.person, now=stamp(self.settings.clock()))
            if write:
                session.commit()

    def note_epoch(self) -> None:
        """Write the side file after a commit; where it cannot be written, what was done stays done."""
        if self.settings.epoch_file is None:
            return
        try:
            # Read and written in one go: an older number of this process never replaces a newer one.
            with self._noting, self.database.session() as session:
                epoch.note(session.connection(), self.settings.epoch_file)
        except OSError as error:
            log.error("the side file cannot be written: a restored backup may go unnoticed", exc_info=error)  # noqa: TRY400
