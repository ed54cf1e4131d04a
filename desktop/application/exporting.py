"""Work that is only on this machine, as files that any program opens: texts, fields and attachments of each entry."""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path, PurePath

from desktop.application.desk import Desk
from desktop.application.package_file import NAME, sealed
from desktop.application.records import Document, ListQuery
from desktop.domain.errors import BadContent, Rule
from desktop.domain.ids import EntryId

_MANY = 100_000
_LEGAL = "legal-document"
_ENDINGS = {"akn": "akn.xml"}
_BOXES = ("all", "discarded")  # together everything that this home shows


def export(desk: Desk, folder: Path, *, only: EntryId | None = None) -> Sequence[EntryId]:
    """Write each entry with unsent work (or `only` that one) into a folder of its own; BadContent unless `folder` is empty.

    Needs neither portal nor sign-in: it is for work that may not go where it came from. `package.json` beside the folders is what
    another home of the same member can take up (`Packages`); written last, so that half an export is none.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise BadContent(Rule("folder-not-empty", params={"folder": str(folder)}))
    found = [only] if only is not None else _listed(desk)
    documents = [desk.drafting.open(entry_id) for entry_id in found]
    chosen = [document for document in documents if only is not None or _is_unsent(document)]
    files: dict[str, str] = {}
    for document in chosen:
        _write(desk, document, folder / document.entry_id, files)
    _write_package(desk, folder, only, files)
    return [document.entry_id for document in chosen]


Make = Callable[[str, Mapping[str, str], str], bytes]
"""A text and what is known of it in one form, named by the ending of its file."""


def export_text(desk: Desk, folder: Path, only: EntryId, *, forms: Collection[str], make: Make) -> Sequence[str]:
    """Write the text of one legal document into `folder` in each form; the names of the files."""
    text, fields = text_of(desk.drafting.open(only))
    # Made before anything is written: a form that cannot be made leaves no half of the others.
    made = {form: make(text, fields, form) for form in forms}
    stem = _file_name(re.sub(r"[/\\]", "-", fields.get("so_hieu") or only[:8]))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for form, data in made.items():
        (folder / f"{stem}.{_ENDINGS.get(form, form)}").write_bytes(data)
    return [f"{stem}.{_ENDINGS.get(form, form)}" for form in made]


def text_of(document: Document) -> tuple[str, Mapping[str, str]]:
    """The full text of a legal document and what its form says of it. BadContent `export-no-text`."""
    fields = {name: value for name, value in document.fields.items() if isinstance(value, str) and value}
    text = fields.pop("body", "")
    if document.kind != _LEGAL or not text.strip():
        raise BadContent(Rule("export-no-text"))
    return text, fields


def _listed(desk: Desk) -> list[EntryId]:
    rows = [row for box in _BOXES for row in desk.library.rows(ListQuery(box=box, limit=_MANY))]
    return list(dict.fromkeys(row.entry_id for row in rows))


def _is_unsent(document: Document) -> bool:
    return document.dirty or document.waiting > 0 or document.conflict is not None or bool(document.cards)


def _write_package(desk: Desk, folder: Path, only: EntryId | None, files: dict[str, str]) -> None:
    """What is frozen, and the working copies, as they are; a file that only a frozen text names lies in a folder `files`."""
    package = desk.packages.pack(only)
    if package is None:
        return
    for name in package.named_files():
        data = None if name in files else desk.library.blob(name)
        if data is not None:
            (folder / "files").mkdir(exist_ok=True, mode=0o700)
            (folder / "files" / name).write_bytes(data)
            files[name] = f"files/{name}"
    wanted = {name: files[name] for name in sorted(package.named_files()) if name in files}
    (folder / NAME).write_bytes(sealed(package, wanted))


def _write(desk: Desk, document: Document, folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(mode=0o700)
    facts = {
        "entry": document.entry_id, "kind": document.kind, "lang": document.lang, "saved_at": document.saved_at,
        "base_rid": document.base_rid, "in_scope": document.in_scope, "fields": dict(document.fields),
        "attachments": [dict(item) for item in document.attachments],
    }  # fmt: skip
    (folder / "entry.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
    for name, value in document.fields.items():
        if isinstance(value, str) and "\n" in value:
            (folder / f"{name}.md").write_text(value, "utf-8")
    for item in document.attachments:
        sha256 = str(item.get("sha256", ""))
        data = desk.library.blob(sha256)
        if data is not None:
            path = folder / f"{sha256[:8]}-{_file_name(str(item.get('name', '')))}"
            path.write_bytes(data)
            files[sha256] = f"{folder.name}/{path.name}"


def _file_name(name: str) -> str:
    """A name that came from anywhere, as one that stays in the folder."""
    kept = "".join(char for char in PurePath(name.replace("\\", "/")).name if char.isalnum() or char in "._- ")
    return kept.strip(". ")[:120] or "tep"
