"""A line between one seat and the portal that loses, doubles, delays and forges; implements `ports.Portal` in process."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from desktop.application.ports import SignedIn, Uploads
from desktop.domain.digest import Json
from desktop.domain.errors import NotFound, NotOurPortal, Offline, PortalBusy, Rule
from desktop.domain.ids import EntryId, Rid
from desktop.sync.faults import from_problem, rule_of
from server_stub.core.problems import Problem
from tests.checker.cast import Seat
from tests.checker.crashing import ClientCrash, CrashingStore
from tests.checker.portal import Portal, ServerCrash

Call = Callable[[str | None], str]

LINE_FAULTS = (
    "lost-request", "lost-reply", "duplicate", "late-copy", "lost-and-late", "captive-portal", "portal-busy",
    "crash-before-send", "crash-after-commit", "crash-while-applying", "server-crash",
)  # fmt: skip


@dataclass
class Line:
    """`plan` holds the faults of the next requests, one each; without one a request and its answer arrive."""

    portal: Portal
    seat: Seat
    store: CrashingStore
    counts: Counter[str] = field(default_factory=Counter)
    plan: list[str | None] = field(default_factory=list)
    happened: list[str] = field(default_factory=list)
    crash_depth: int = 1

    def sync(self, request: Mapping[str, Json]) -> Mapping[str, Json]:
        text = json.dumps(request, ensure_ascii=False)
        return self._carry(text, lambda fault: self.portal.sync(self.seat, text, crash=fault == "server-crash"))

    def bundle(self, known_rev: str | None) -> Mapping[str, Json] | None:
        return self.portal.bundle(known_rev)

    def entries(self, ids: Sequence[EntryId]) -> Sequence[Mapping[str, Json]]:
        reply = self._carry(None, lambda _fault: self.portal.texts(self.seat, ids))
        return cast("Sequence[Mapping[str, Json]]", reply["entries"])

    def entry(self, entry_id: EntryId, rid: Rid | None) -> Mapping[str, Json] | None:
        reply = self._carry(None, lambda _fault: self.portal.texts(self.seat, [entry_id], rid))
        found = cast("Sequence[Mapping[str, Json]]", reply["entries"])
        return found[0] if found else None

    def sign_in(self, username: str, password: str, *, device_id: str, device_name: str) -> SignedIn:
        del password, device_id, device_name
        epoch, rev = self.portal.identity()
        return SignedIn(
            access="access",
            access_expires_in=1800,
            refresh="refresh",
            member=self.portal.member(f"u-{username}"),
            password_change_required=False,
            epoch=epoch,
            bundle_rev=rev,
        )

    def change_password(self, old: str, new: str) -> None:
        raise NotImplementedError(old, new)

    def sign_out(self) -> None:
        raise NotImplementedError

    def known_rids(self, rids: Sequence[Rid]) -> Sequence[Rid]:
        known = self._carry(None, lambda _fault: self.portal.known_rids(self.seat, rids))["known"]
        return cast("Sequence[Rid]", known)

    def missing_blobs(self, blobs: Sequence[tuple[str, int]]) -> Sequence[str]:
        digests = [sha256 for sha256, _ in blobs]
        need = self._carry(None, lambda _fault: self.portal.missing_blobs(self.seat, digests))["need"]
        return cast("Sequence[str]", need)

    def send_blob(self, sha256: str, data: bytes) -> None:
        self._carry(None, lambda _fault: self.portal.take_blob(self.seat, sha256, data))

    def limits(self) -> Mapping[str, int]:
        return {"blob_bytes": 64 * 2**20, "file_bytes": 512 * 2**20}

    def fetch_part(self, sha256: str, *, start: int, size: int) -> bytes:
        raise NotImplementedError(sha256, start, size)

    @property
    def uploads(self) -> Uploads:
        raise NotImplementedError("the files of these histories go in one request each")

    def fetch_blob(self, sha256: str) -> bytes:
        data = self.portal.give_blob(self.seat, sha256)
        if data is None:
            raise NotFound(Rule("not-found"))
        return data

    def _carry(self, copy: str | None, call: Call) -> dict[str, Any]:
        fault = self.plan.pop(0) if self.plan else None
        if fault is not None:
            self.counts[fault] += 1
            self.happened.append(fault)
        try:
            return self._with(fault, copy, call)
        except Problem as problem:
            # The portal's own problem document, as the transport would read it.
            rule = rule_of(problem.extra.get("rule"))
            raise from_problem(problem.status, problem.code, detail=problem.detail, rule=rule) from problem
        except ServerCrash as crash:
            raise Offline("the portal went away") from crash

    def _with(self, fault: str | None, copy: str | None, call: Call) -> dict[str, Any]:
        match fault:
            case "lost-request":
                raise Offline(fault)
            case "captive-portal":
                raise NotOurPortal(fault)
            case "portal-busy":
                raise PortalBusy(fault, retry_after=5.0)
            case "crash-before-send":
                raise ClientCrash
            case "lost-reply":
                call(None)
                raise Offline(fault)
            case "crash-after-commit":
                call(None)
                raise ClientCrash
            case "duplicate":
                call(None)
            case "late-copy" if copy is not None:
                self.portal.keep_late(self.seat, copy)
            case "lost-and-late" if copy is not None:
                self.portal.keep_late(self.seat, copy)
                raise Offline(fault)
        answer: dict[str, Any] = json.loads(call(fault))
        if fault == "crash-while-applying":
            self.store.crash_after(self.crash_depth)
        return answer
