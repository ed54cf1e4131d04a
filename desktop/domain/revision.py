"""The content of a revision: what is hashed, approved and published, and how it is made from form fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.digest import Json, content_hash
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

    @property
    def hash(self) -> str:
        return content_hash(self.as_json())

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
