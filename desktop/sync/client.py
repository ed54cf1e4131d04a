"""The portal over HTTPS: implements `ports.Portal` on an injected `requests.Session`.

No retries here: the cycle repeats a whole sync, which the portal's ledger makes harmless.
"""

import hashlib
import http
import threading
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import requests

from desktop.application.ports import Chance, Clock, SignedIn, Vault
from desktop.application.records import Device
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotFound, Rule, SignInRefused
from desktop.domain.ids import EntryId, Rid, uuid7
from desktop.sync.reading import HASH, UUID, Reading
from desktop.sync.tokens import TokenBox, Tokens
from desktop.sync.transport import Answer, Payload, Transport
from desktop.sync.tus import TusUploads

_MOST_BLOBS = 1000
_MOST_RIDS = 1000
_MOST_DEVICES = 100_000
_EXPIRED = "token-expired"
_LOST = frozenset({_EXPIRED, "device-revoked", "device-cloned"})


class HttpPortal:
    """Tokens go to the vault under one name; the password is never kept."""

    def __init__(
        self, address: str, session: requests.Session, *, vault: Vault, clock: Clock, chance: Chance, version: str
    ) -> None:
        """`address`: the portal's origin, https unless it is this machine itself (checked at every request)."""
        self._clock = clock
        self._chance = chance
        self._box = TokenBox(vault)
        self._first_password: str | None = None  # a token that permits changing the password and nothing else
        self._refreshing = threading.Lock()
        self._http = Transport(
            address, session, client=f"toasoan/{version}", new_id=self._new_id, now=clock.now, monotonic=clock.monotonic
        )
        self.uploads = TusUploads(self._signed)

    def sign_in(self, username: str, password: str, *, device_id: str, device_name: str) -> SignedIn:
        device: dict[str, Json] = {"id": device_id, "name": device_name}
        body: dict[str, Json] = {"username": username, "password": password, "device": device}
        reading = self._http.post("/v1/auth/login", body).reading()
        found = SignedIn(
            access=reading.text("access"),
            access_expires_in=reading.number("access_expires_in"),
            refresh=reading.text("refresh"),
            member=reading.object("member").members,
            password_change_required=reading.flag("password_change_required"),
            epoch=reading.matching("epoch", UUID),
            bundle_rev=reading.matching("bundle_rev", HASH),
        )
        if found.password_change_required:
            self._first_password = found.access
        else:
            self._first_password = None
            self._box.write(Tokens(found.access, found.refresh))
        return found

    def change_password(self, old: str, new: str) -> None:
        body: dict[str, Json] = {"old": old, "new": new}
        if self._first_password is not None:
            self._http.post("/v1/auth/password", body, token=self._first_password)
        else:
            self._signed("POST", "/v1/auth/password", body)
        self._first_password = None

    def sign_out(self) -> None:
        """Forgets the tokens here whatever the portal says; they expire there by themselves when it is out of reach."""
        try:
            self._signed("POST", "/v1/auth/logout", {})
        finally:
            self._box.clear()
            self._first_password = None

    def bundle(self, known_rev: str | None) -> Mapping[str, Json] | None:
        query = f"?rev={known_rev}" if known_rev is not None and HASH.fullmatch(known_rev) else ""
        answer = self._signed("GET", f"/v1/bundle{query}", None)
        return None if answer.not_modified else answer.reading().members

    def sync(self, request: Mapping[str, Json]) -> Mapping[str, Json]:
        return self._signed("POST", "/v1/sync", dict(request)).reading().members

    def entries(self, ids: Sequence[EntryId]) -> Sequence[Mapping[str, Json]]:
        answer = self._signed("POST", "/v1/entries/batch", {"ids": list(ids)})
        return [item.members for item in answer.reading().objects("entries", len(ids))]

    def entry(self, entry_id: EntryId, rid: Rid | None) -> Mapping[str, Json] | None:
        query = f"?rid={rid}" if rid is not None else ""
        try:
            return self._signed("GET", f"/v1/entries/{entry_id}{query}", None).reading().members
        except NotFound:
            return None

    def known_rids(self, rids: Sequence[Rid]) -> Sequence[Rid]:
        known = self._signed("POST", "/v1/history/check", {"rids": list(rids)}).reading().items("known", _MOST_RIDS)
        return [Rid(item) for item in known if isinstance(item, str)]

    def missing_blobs(self, blobs: Sequence[tuple[str, int]]) -> Sequence[str]:
        """However many: the portal looks at a thousand in one request."""
        found: list[str] = []
        for start in range(0, len(blobs), _MOST_BLOBS):
            part = blobs[start : start + _MOST_BLOBS]
            body: list[Json] = [{"sha256": sha256, "size": size} for sha256, size in part]
            need = self._signed("POST", "/v1/blobs/check", body).reading().items("need", len(part))
            found += [item for item in need if isinstance(item, str)]
        return found

    def send_blob(self, sha256: str, data: bytes) -> None:
        self._signed("PUT", f"/v1/blobs/{sha256}", data)

    def fetch_blob(self, sha256: str) -> bytes:
        data = self._signed("GET", f"/v1/blobs/{sha256}", None).data
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BadContent(Rule("checksum-mismatch"), "the bytes of an attachment do not have its hash")
        return data

    def limits(self) -> Mapping[str, int]:
        """What the portal takes at most, in bytes and days, by the names of the wire."""
        members = self._http.send("GET", "/v1/capabilities", body=None).reading().object("limits").members
        return {name: value for name, value in members.items() if isinstance(value, int)}

    def devices(self) -> Sequence[Device]:
        """Those of every member, who was not heard of for longest first."""
        found = self._signed("GET", "/v1/admin/devices", None).reading().objects("devices", _MOST_DEVICES)
        return [
            Device(
                one.text("id"), one.text("device_name"), one.text("username"), one.text("signed_in"),
                one.text_or_none("seen") or "", _number(one.members.get("waiting")), one.flag("current"),
            )
            for one in found
        ]  # fmt: skip

    def revoke_device(self, device: str) -> None:
        self._signed("DELETE", f"/v1/admin/devices/{quote(device, safe='')}", None)

    def fetch_part(self, sha256: str, *, start: int, size: int) -> bytes:
        """At most `size` bytes of a file from `start` on, unchecked."""
        headers = {"Range": f"bytes={start}-{start + size - 1}", "If-Range": f'"{sha256}"'}
        answer = self._signed("GET", f"/v1/blobs/{sha256}", None, headers)
        return answer.data if answer.status == http.HTTPStatus.PARTIAL_CONTENT else answer.data[start:]

    def _signed(self, method: str, path: str, body: Payload, more: Mapping[str, str] | None = None) -> Answer:
        """A request with the access token; an expired one is renewed once."""
        tokens = self._box.read()
        if tokens is None:
            raise SignInRefused(Rule("not-signed-in"))
        try:
            try:
                return self._http.send(method, path, body=body, token=tokens.access, more=more)
            except SignInRefused as refusal:
                if refusal.rule.code != _EXPIRED:
                    raise
            tokens = self._renew(tokens)
            return self._http.send(method, path, body=body, token=tokens.access, more=more)
        except SignInRefused as refusal:
            now = self._box.read()
            # A sign-in on another thread may have brought good ones meanwhile.
            if refusal.rule.code in _LOST and now is not None and now.access == tokens.access:
                self._box.clear()
            raise

    def _renew(self, old: Tokens) -> Tokens:
        """A new pair. The id of the asking is in the vault until the answer is, so that a lost answer costs nothing."""
        with self._refreshing:
            now = self._box.read()
            if now is None:
                raise SignInRefused(Rule("not-signed-in"))
            if now.access != old.access:
                return now
            if not now.refresh_id:
                now = now.asking(self._new_id())
                self._box.write(now)
            body: dict[str, Json] = {"refresh": now.refresh, "refresh_id": now.refresh_id}
            reading: Reading = self._http.post("/v1/auth/refresh", body).reading()
            new = Tokens(reading.text("access"), reading.text("refresh"))
            self._box.write(new)
            return new

    def _new_id(self) -> str:
        return uuid7(milliseconds=self._clock.milliseconds(), random=self._chance.bytes(10))


def _number(value: Json) -> int | None:
    return value if isinstance(value, int) else None
