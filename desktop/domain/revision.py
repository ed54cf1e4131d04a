"""The content of a revision: what is hashed, approved and published, and how it is made from form fields."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop.domain.digest import Json, canonical
from desktop.domain.ids import EntryId, Rid

Fields = dict[str, Json]


@dataclass(frozen=True)
class Content:
    """`fields` as typed, `html[field]` derived from the Markdown fields, `attachments` by SHA-256."""

    kind: str
    lang: str
    fields: Mapping[str, Json]
    html: Mapping[str, str]
    attachments: tuple[Mapping[str, Json], ...] = ()

    def as_json(self) -> dict[str, Json]:
        """The member-for-member form that is hashed and travels."""
        return {
            "kind": self.kind,
            "lang": self.lang,
            "fields": dict(self.fields),
            "html": dict(self.html),
            "attachments": [dict(item) for item in self.attachments],
        }

    @cached_property
    def canonical(self) -> bytes:
        """Its canonical bytes, worked out once; BadContent when it has none."""
        return canonical(self.as_json())

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.canonical).hexdigest()

    @classmethod
    def from_json(cls, value: Mapping[str, Json]) -> "Content":
        """The content in `value`, which must have the five members in their types; TypeError otherwise."""
        kind, lang, fields, html, attachments = (
            value.get(key) for key in ("kind", "lang", "fields", "html", "attachments")
        )
        if not (
            isinstance(kind, str) and isinstance(lang, str) and isinstance(fields, dict) and isinstance(html, dict)
        ):
            raise TypeError("content needs kind, lang, fields and html")
        files = attachments if isinstance(attachments, list) else []
        return cls(
            kind=kind,
            lang=lang,
            fields=fields,
            html={key: text for key, text in html.items() if isinstance(text, str)},
            attachments=tuple(item for item in files if isinstance(item, dict)),
        )


@dataclass(frozen=True)
class Revision:
    """An immutable text of an entry; `rev_no` is 0 until the portal has numbered it."""

    rid: Rid
    entry_id: EntryId
    base_rid: Rid | None
    content: Content
    op_id: str
    rev_no: int = 0
    actor: str = ""
    server_time: str = ""
