"""Resumable uploads of one running portal: begun, found, and checked when their last byte has come; no HTTP.

A check that its process did not live to end is begun again at the next start, or when somebody asks what became of it.
"""

import hashlib
import logging
import shlex
import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from sqlalchemy import update

from server_stub.core import uploads
from server_stub.core.blobs import note_blob
from server_stub.core.epoch import Ids
from server_stub.core.file_types import HEAD, OPAQUE, judge
from server_stub.core.limits import Limits
from server_stub.core.moment import Clock, stamp
from server_stub.core.outcome import Rule
from server_stub.core.problems import Problem
from server_stub.core.uploads import Announced, Upload
from server_stub.store import tables as t
from server_stub.store.engine import Database
from server_stub.store.files import PIECE, Files
from server_stub.store.parts import Parts

log = logging.getLogger(__name__)

Scan = Callable[[Path], str | None]
"""Looks at a file; why it must not be taken, or None. What it raises puts the decision off."""

_SCAN_SECONDS: Final = 600
_REASON: Final = 200


def scan_by(command: str) -> Scan:
    """A program that gets the file's path as its last argument: 0 lets it pass, 1 refuses with its last line."""

    def scan(path: Path) -> str | None:
        words = [*shlex.split(command), str(path)]
        done = subprocess.run(words, capture_output=True, timeout=_SCAN_SECONDS, check=False)  # noqa: S603 - the operator's
        if done.returncode == 0:
            return None
        if done.returncode == 1:
            lines = done.stdout.decode(errors="replace").split("\n")
            return next((line.strip() for line in reversed(lines) if line.strip()), "scan")[:_REASON]
        raise OSError(f"the scan ended with {done.returncode}")

    return scan


class Uploads:
    """`parts` lie on a disk that all workers of the portal share."""

    def __init__(
        self, database: Database, files: Files, parts: Parts, *, limits: Limits, clock: Clock, ids: Ids,
        scan: Scan | None,
    ) -> None:  # fmt: skip
        self._database, self._files, self.parts = database, files, parts
        self._limits, self._clock, self._ids, self._scan = limits, clock, ids, scan
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
        self._guard = threading.Lock()
        self._checking: set[str] = set()

    def close(self) -> None:
        """Checks under way are ended; those that wait are begun again at the next start."""
        self._pool.shutdown(cancel_futures=True)

    def resume(self) -> None:
        """Go on with the checks that an earlier process left, and let go of what is over."""
        with self._database.session(write=True) as session:
            uploads.expire(session.connection(), limits=self._limits, now=self._now())
            states = uploads.states(session.connection(), self.parts.ids())
            session.commit()
        for upload_id, state in states.items():
            if state == "checking":
                self.check_soon(upload_id)
            elif state != "receiving":
                self.parts.remove(upload_id)

    def begin(self, new: Announced, *, member_id: str) -> str:
        """The id of a new upload, or of the one that the same key began; Problem as in core/uploads.py."""
        with self._database.session(write=True) as session:
            found = uploads.begin(
                session.connection(), new, member_id=member_id, upload_id=self._ids(), limits=self._limits,
                now=self._now(),
            )  # fmt: skip
            gone = uploads.expired(session.connection())
            session.commit()
        for upload_id in gone:
            self.parts.remove(upload_id)
        return found

    def find(self, upload_id: str, *, member_id: str | None) -> Upload:
        """Problem `not-found` or `upload-expired`."""
        with self._database.session() as session:
            return uploads.find(
                session.connection(), upload_id, member_id=member_id, limits=self._limits, now=self._now()
            )

    def offset(self, upload: Upload) -> int:
        return self.parts.size(upload.id) if upload.state == "receiving" else upload.size

    def came(self, upload: Upload, *, offset: int) -> Upload:
        """Something came and is durable; with the last byte the check begins."""
        whole = offset == upload.size
        with self._database.session(write=True) as session:
            state = "checking" if whole else None
            uploads.touch(session.connection(), upload.id, now=self._now(), state=state)
            session.commit()
        if whole:
            self.check_soon(upload.id)
        return self.find(upload.id, member_id=upload.member_id)

    def end(self, upload: Upload) -> None:
        """The member has given the upload up; a blob that came of it stays."""
        self.parts.remove(upload.id)
        with self._database.session(write=True) as session:
            uploads.forget(session.connection(), upload.id)
            session.commit()

    def check_soon(self, upload_id: str) -> None:
        """Have the upload checked, unless this process is at it; another process is told by its lock."""
        with self._guard:
            if upload_id in self._checking:
                return
            self._checking.add(upload_id)
        self._pool.submit(self._check_once, upload_id)

    def _check_once(self, upload_id: str) -> None:
        try:
            self._check(upload_id)
        except Exception as error:
            log.error("an upload could not be checked; it is tried again when it is asked for", exc_info=error)  # noqa: TRY400
        finally:
            with self._guard:
                self._checking.discard(upload_id)

    def _check(self, upload_id: str) -> None:
        with self.parts.hold(upload_id, wait=True):
            upload = self.find(upload_id, member_id=None)
            if upload.state != "checking":
                return
            path = self.parts.path(upload_id)
            sha256, media_type, rule = self._judge(upload, path)
            if rule is None:
                self._files.take(sha256, path)
            with self._database.session(write=True) as session:
                db, now = session.connection(), self._now()
                if rule is None:
                    note_blob(db, sha256, size=upload.size, media_type=media_type, member_id=upload.member_id, now=now)
                    db.execute(update(t.upload).where(t.upload.c.id == upload_id).values(sha256=sha256))
                uploads.settle(db, upload_id, rule=rule, now=now)
                session.commit()
        self.parts.remove(upload_id)

    def _judge(self, upload: Upload, path: Path) -> tuple[str, str, Rule | None]:
        """Digest, type and refusal of a whole file."""
        found, head = hashlib.sha256(), b""
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                head = head or piece[:HEAD]
                found.update(piece)
        sha256 = found.hexdigest()
        if upload.sha256 not in (None, sha256):
            return sha256, OPAQUE, Rule("file-digest")
        media_type, rule = judge(upload.name, head)
        return sha256, media_type, rule or self._scanned(path)

    def refuse_scanned(self, data: bytes) -> None:
        """Problem `file-refused` for a file that came in one request and that the scan does not let pass."""
        if self._scan is None:
            return
        with tempfile.TemporaryDirectory(prefix="toasoan-") as folder:
            path = Path(folder) / "file"
            path.write_bytes(data)
            rule = self._scanned(path)
        if rule is not None:
            raise Problem("file-refused", "the scan does not let this file pass", extra={"rule": rule.wire()})

    def _scanned(self, path: Path) -> Rule | None:
        reason = self._scan(path) if self._scan is not None else None
        return None if reason is None else Rule("file-scan", params={"reason": reason})

    def _now(self) -> str:
        return stamp(self._clock())
