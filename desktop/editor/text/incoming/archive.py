"""A ZIP of XML parts, opened as if a stranger had made it: bounded, flat, without document types.

Source: sync-protocol.md X5, X6, X10.
"""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from lxml import etree

from desktop.domain.errors import BadContent, Rule

MOST_BYTES = 200 * 1024 * 1024
MOST_XML = 48 * 1024 * 1024
MOST_RATIO = 200
MOST_MEMBERS = 2_000
_SMALL = 10 * 1024 * 1024  # below, a ratio says nothing: an empty table packs well
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_DRIVE = re.compile(r"^[A-Za-z]:")


class Package:
    """Parts by name. BadContent for everything that no honest program writes."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, OverflowError, RuntimeError) as error:
            raise BadContent(Rule("import-broken"), str(error)) from error
        self._members = _checked(self._zip.infolist())

    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def has(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of one part; BadContent when it is not there or not what its header says."""
        member = self._members.get(name)
        if member is None:
            raise BadContent(Rule("import-broken"), f"no part {name}")
        try:
            return self._zip.read(member)
        except (
            zipfile.BadZipFile,
            zlib.error,
            lzma.LZMAError,
            NotImplementedError,
            OSError,
            EOFError,
            ValueError,
            RuntimeError,
        ) as error:
            raise BadContent(Rule("import-broken"), f"{name}: {error}") from error

    def xml(self, name: str) -> etree._Element:
        """One part as a tree; BadContent for one with a document type (entities) or too large."""
        member = self._members.get(name)
        if member is not None and member.file_size > MOST_XML:
            raise BadContent(Rule("import-too-large", params={"limit": f"{MOST_XML // 2**20} MiB"}), name)
        return tree(self.read(name), name)


def tree(data: bytes, name: str = "") -> etree._Element:
    """XML without a document type, and nothing fetched from anywhere."""
    if _DOCTYPE.search(data) or _DOCTYPE.search(data.replace(b"\x00", b"")):
        raise BadContent(Rule("import-unsafe"), f"{name}: document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise BadContent(Rule("import-broken"), f"{name}: {error}") from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as a ZIP again, for a library that reads one."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def _checked(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(members) > MOST_MEMBERS:
        raise BadContent(Rule("import-too-large", params={"limit": f"{MOST_MEMBERS}"}), "members")
    if any(member.flag_bits & 1 for member in members):
        raise BadContent(Rule("import-locked"))
    total = sum(member.file_size for member in members)
    stored = sum(member.compress_size for member in members) or 1
    if total > MOST_BYTES or (total > _SMALL and total > MOST_RATIO * stored):
        raise BadContent(Rule("import-too-large", params={"limit": f"{MOST_BYTES // 2**20} MiB"}), f"{total} bytes")
    for member in members:
        if _leads_out(member.orig_filename):
            raise BadContent(Rule("import-unsafe"), f"name {member.orig_filename!r}")
    return {member.filename: member for member in members if not member.is_dir()}


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or _DRIVE.match(name) is not None or "\x00" in name
