"""Files too large for one request: part by part, from wherever the portal says it stands, a slice of them in each sync.

What is remembered of an upload is its place at the portal; how far it has come only the portal knows (tus 1.0).
"""

from dataclasses import dataclass, field, replace
from typing import Final

from desktop.application import notices
from desktop.application.ports import Announce, Clock, Portal, Store
from desktop.application.records import Changes
from desktop.application.transfers import FileTransfer, Held, Moving, file_limit, moving, outgoing, rules_of, set_moving
from desktop.domain.errors import BadContent, FileChanged, NotFound, Offline, Refusal, Rule

SMALL: Final = 256 * 1024  # goes in one request
_FIRST, _LEAST, _MOST = 256 * 1024, 64 * 1024, 8 * 1024 * 1024
_WANTED: Final = 7.0  # seconds that a part should take
_SLICE: Final = 8.0  # seconds of sending in one sync: then texts go first again
_AGAIN: Final = 4  # tries without a byte more before the next sync tries
_CHECKING: Final = 1.0  # seconds until the portal is asked again what became of a whole file
_STEEPEST: Final = 2.0


class _EnoughError(Exception):
    """Of this slice, or of this file for now."""


@dataclass
class Sender:
    """One per home and run of the program: it knows how fast the line is and when a cap lets the next part go."""

    store: Store
    portal: Portal
    clock: Clock
    announce: Announce
    size: int = _FIRST
    free: float = 0.0
    ends: float = 0.0
    again_in: float | None = field(default=None, init=False)

    def send(self) -> int:
        """One slice; returns how many files the portal has now that it had not before. `again_in` says when more wants to go."""
        self.again_in, sent = None, 0
        self.ends = self.clock.monotonic() + _SLICE
        with self.store.read() as work:
            waiting = [file for file in outgoing(work, now=self.clock.now()) if file.size > SMALL]
        for file in waiting:
            if file.held is not Held.NO:
                continue
            if self._wait() > 0:
                self._later(self._wait())
                break
            try:
                sent += self._went(file)
            except _EnoughError:
                self._later(self._wait())
                if self._is_over():
                    break
        return sent

    def _went(self, file: FileTransfer) -> bool:
        """True when the portal has the whole file and takes it."""
        with self.store.read() as work:
            if file.size > file_limit(work):
                known: Moving | None = None
            else:
                known = moving(work, file.sha256)
        if known is None:
            self._refuse(file, Rule("too-large"))
            return False
        place = known.place or self._begin(file)
        if place is None:
            return False
        try:
            self._bring(file, place)
            return self._became(file, place)
        except NotFound:
            # Expired, or lost with a restored portal: from its beginning, in the next slice.
            self._note(file)
            raise _EnoughError from None

    def _begin(self, file: FileTransfer) -> str | None:
        """A new upload, or the one whose answer was lost; None for a file that cannot go."""
        if not self._is_whole(file):
            return None
        with self.store.read() as work:
            account = work.feed.account()
        key = f"{account.device_id if account else ''}-{file.sha256}"
        try:
            place = self.portal.uploads.begin(file.sha256, file.size, name=file.name, key=key)
        except BadContent as refusal:
            self._refuse(file, refusal.rule)
            return None
        self._note(file, place)
        return place

    def _bring(self, file: FileTransfer, place: str) -> None:
        """Parts until all is there; _EnoughError when the slice is over, paused or capped."""
        offset = self.portal.uploads.offset(place)
        in_vain = 0
        while offset < file.size:
            if in_vain >= _AGAIN:
                raise _EnoughError
            before = offset
            try:
                offset = self._part(file, place, offset)
            except Offline:
                # The line was cut: the portal has kept what arrived. If it does not answer now, the next sync asks.
                self.size = max(self.size // 2, _LEAST)
                offset = self.portal.uploads.offset(place)
            except BadContent as refusal:
                if refusal.rule.code != "checksum-mismatch":
                    raise
            except NotFound:
                raise
            except Refusal as refusal:
                if refusal.rule.code != "upload-offset-mismatch":
                    raise
                offset = self.portal.uploads.offset(place)
            in_vain = 0 if offset > before else in_vain + 1
            if offset < file.size and self._must_stop(file):
                raise _EnoughError

    def _part(self, file: FileTransfer, place: str, offset: int) -> int:
        with self.store.read() as work:
            cap = rules_of(work).cap
            size = min(self.size, max(int(cap * _WANTED), _LEAST)) if cap else self.size
            data = work.blobs.part(file.sha256, start=offset, size=size)
        if not data:
            raise _EnoughError  # gone from this disk: what is whole is looked at when it is begun anew
        begun = self.clock.monotonic()
        now = self.portal.uploads.send(place, offset, data)
        took = max(self.clock.monotonic() - begun, 0.001)
        self._note(file, place, done=now, speed=len(data) / took)
        if cap:
            self.free = begun + len(data) / cap
        if len(data) == self.size:
            factor = min(max(_WANTED / took, 1 / _STEEPEST), _STEEPEST)
            self.size = min(max(int(self.size * factor), _LEAST), _MOST)
        return now

    def _became(self, file: FileTransfer, place: str) -> bool:
        """What the portal made of the whole file."""
        found = self.portal.uploads.state(place)
        if found.state == "ready":
            with self.store.write() as work:
                work.blobs.mark_sent(file.sha256)
                set_moving(work, file.sha256, Moving())
            self.announce(Changes(transfers=True))
            return True
        if found.state != "rejected":
            self._later(_CHECKING)
            return False
        if found.rule is not None and found.rule.code == "file-digest" and self._is_whole(file):
            self._note(file)  # other bytes arrived than stand here: once more from the beginning
            self._later(_CHECKING)
            return False
        self._refuse(file, found.rule or Rule("file-type"))
        return False

    def _is_whole(self, file: FileTransfer) -> bool:
        """Whether the bytes here are those that were attached; told where they are not."""
        try:
            with self.store.read() as work:
                is_whole = work.blobs.check(file.sha256)
        except FileChanged:
            is_whole = False
        if not is_whole:
            with self.store.write() as work:
                notices.tell(work, Rule("attachment-damaged", params={"name": file.name}), at=self.clock.now())
        return is_whole

    def _refuse(self, file: FileTransfer, rule: Rule) -> None:
        """Told once; offered again when a person says so or attaches it anew."""
        told = rule
        if rule.code == "too-large":
            told = Rule("attachment-refused", params={"name": file.name, "size": str(file.size // 2**20)})
        with self.store.write() as work:
            set_moving(work, file.sha256, Moving(file.name, file.entry_id or "", refused=rule.code))
            notices.tell(work, replace(told, params={"name": file.name, **told.params}), at=self.clock.now())
        self.announce(Changes(transfers=True))

    def _note(self, file: FileTransfer, place: str = "", *, done: int = 0, speed: float = 0.0) -> None:
        with self.store.write() as work:
            known = moving(work, file.sha256)  # whether it is paused may have changed meanwhile
            set_moving(work, file.sha256, replace(known, place=place, done=done, speed=speed))
        self.announce(Changes(transfers=True))

    def _must_stop(self, file: FileTransfer) -> bool:
        with self.store.read() as work:
            is_paused = moving(work, file.sha256).paused
        return is_paused or self._is_over() or self._wait() > 0

    def _is_over(self) -> bool:
        return self.clock.monotonic() >= self.ends

    def _wait(self) -> float:
        """Seconds until a cap lets the next part go."""
        return max(0.0, self.free - self.clock.monotonic())

    def _later(self, seconds: float) -> None:
        self.again_in = seconds if self.again_in is None else min(self.again_in, seconds)
