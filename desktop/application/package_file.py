"""`package.json` of an export: what one home had not sent, in the form in which another home of the same member takes it up.

A seal over all of it, and the SHA-256 of every file, tell a package that is whole from one that is not.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from desktop.application.records import Draft
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.operation import Operation, moved

NAME = "package.json"
FORMAT, VERSION = "toasoan-unsent", 1


@dataclass(frozen=True)
class Frozen:
    """An operation as it lay in the queue. `queued_at`: that machine's time."""

    operation: Operation
    queued_at: str


@dataclass(frozen=True)
class Package:
    """`files`: where each attachment lies, by SHA-256. `epoch` is that of the portal's that the home had last met."""

    made_at: str
    portal_url: str
    epoch: str
    member_id: MemberId
    username: str
    operations: tuple[Frozen, ...] = ()
    drafts: tuple[Draft, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)

    def named_files(self) -> frozenset[str]:
        """The SHA-256 of each file that a text in it names."""
        texts = [item.operation.content for item in self.operations]
        named = [*(text.attachments for text in texts if text), *(draft.attachments for draft in self.drafts)]
        return frozenset(str(item.get("sha256")) for attached in named for item in attached)


def sealed(package: Package, files: Mapping[str, str]) -> bytes:
    """The bytes of `package.json`; `files`: where each lies, by SHA-256, in the folder."""
    body: dict[str, Json] = {
        "format": FORMAT, "version": VERSION, "made_at": package.made_at, "portal": package.portal_url,
        "epoch": package.epoch, "member": package.member_id, "username": package.username,
        "operations": [{"op": dict(i.operation.payload), "queued_at": i.queued_at} for i in package.operations],
        "drafts": [draft_json(draft) for draft in package.drafts],
        "files": dict(files),
    }  # fmt: skip
    return json.dumps({**body, "seal": _seal(body)}, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def is_package(path: Path) -> bool:
    """Whether `path` is the folder of an export, or the file in it that says so."""
    return path.name == NAME or (path / NAME).is_file()


def opened(path: Path) -> Package:
    """The package in a folder, every byte of it checked. BadContent: package-none, package-newer, package-damaged."""
    path = path if path.name == NAME else path / NAME
    body = _body(path)
    if body.get("format") != FORMAT:
        raise BadContent(Rule("package-none", params={"file": str(path)}))
    if body.get("version") != VERSION:
        raise BadContent(Rule("package-newer", params={"file": str(path)}))
    if body.pop("seal", None) != _seal(body):
        raise _damaged(path)
    try:
        package = _read(body, path.parent)
    except (KeyError, TypeError, ValueError, AttributeError, BadContent) as error:
        raise _damaged(path) from error
    for sha256, file in package.files.items():
        if not _is_whole(file, sha256):
            raise _damaged(file)
    return package


def draft_json(draft: Draft) -> dict[str, Json]:
    """A working copy without what only its machine knew: that it is in conflict the portal will say again."""
    return {
        "entry_id": draft.entry_id, "kind": draft.kind, "lang": draft.lang, "fields": dict(draft.fields),
        "attachments": [dict(item) for item in draft.attachments], "base_rid": draft.base_rid,
        "merged_from": draft.merged_from, "merged": draft.merged, "updated": draft.updated,
    }  # fmt: skip


def _body(path: Path) -> dict[str, Json]:
    try:
        body = json.loads(path.read_bytes())
    except OSError as error:
        raise BadContent(Rule("package-none", params={"file": str(path)}), str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _damaged(path) from error
    return body if isinstance(body, dict) else {}


def _read(body: dict[str, Json], folder: Path) -> Package:
    facts = [body[name] for name in ("made_at", "portal", "epoch", "member", "username")]
    made_at, portal_url, epoch, member, username = (_text(fact) for fact in facts)
    return Package(
        made_at, portal_url, epoch, MemberId(member), username,
        operations=tuple(_frozen(item) for item in _list(body["operations"])),
        drafts=tuple(_draft(item) for item in _list(body["drafts"])),
        files={name: folder / _inside(_text(place)) for name, place in _object(body["files"]).items()},
    )  # fmt: skip


def _frozen(item: Mapping[str, Json]) -> Frozen:
    payload = _object(item["op"])
    number = payload["device_seq"]
    if not isinstance(number, int):
        raise TypeError("device_seq is a number")
    return Frozen(moved(payload, number), _text(item["queued_at"]))


def _draft(item: Mapping[str, Json]) -> Draft:
    base, other = item["base_rid"], item["merged_from"]
    return Draft(
        EntryId(_text(item["entry_id"])), _text(item["kind"]), _text(item["lang"]), _object(item["fields"]),
        tuple(_list(item["attachments"])), Rid(_text(base)) if base else None,
        merged_from=Rid(_text(other)) if other else None, updated=_text(item["updated"]), merged=item["merged"] is True,
    )  # fmt: skip


def _inside(place: str) -> PurePosixPath:
    path = PurePosixPath(place)
    if path.is_absolute() or ".." in path.parts or "\\" in place or ":" in place:
        raise ValueError("a file of a package lies in its folder")
    return path


def _is_whole(file: Path, sha256: str) -> bool:
    try:
        with file.open("rb") as opened_file:
            return hashlib.file_digest(opened_file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _seal(body: Mapping[str, Json]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _damaged(file: Path) -> BadContent:
    return BadContent(Rule("package-damaged", params={"file": str(file)}))


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError("text is needed")
    return value


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError("an object is needed")
    return value


def _list(value: Json) -> Iterator[dict[str, Json]]:
    if not isinstance(value, list):
        raise TypeError("a list is needed")
    return (_object(item) for item in value)
