"""What documents do to each other: what a text says of others, what others say of it, and which documents a text names.

Nothing is stored for the inverse: relations are words of the search index, and the text that is found there is read again.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from desktop.application.ports import Store, Work
from desktop.application.records import ListQuery, Shown
from desktop.application.rules import Rules, rules_of, standing
from desktop.application.shown import Texts, current_fields
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind
from desktop.domain.legal.status import Act, Relation, Status, suggest_status
from desktop.domain.legal.values import Ground
from desktop.domain.relations import Relation as Said
from desktop.domain.relations import number_key, related_kinds, relation_field, relations_in

_MOST: Final = 500
_NAMED: Final = 20  # documents looked at for one number
_DECIDES: Final[frozenset[Act]] = frozenset({"replaces", "repeals", "repeals-part", "amends"})


@dataclass(frozen=True)
class Related:
    """`relation` as the text states it, and the other entry as it stands here, if it does."""

    relation: Said
    other: Shown | None


@dataclass(frozen=True)
class Relatives:
    """`own`: what the text says of others; `inverse`: what others say of it; `status`: what follows for the day `today`."""

    own: tuple[Related, ...] = ()
    inverse: tuple[Related, ...] = ()
    status: Status | None = None


class Relating:
    """Everything here reads; nothing needs the portal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, entry_id: EntryId, *, today: date) -> Relatives:
        """Both directions; NotFound if this home does not have the entry."""
        with self._store.read() as work:
            rules = rules_of(work)
            shown = _row(work, rules, entry_id)
            kind = rules.bundle.kinds.get(shown.kind) if shown else None
            if kind is None or relation_field(kind) is None:
                return Relatives()
            fields = current_fields(work, standing(work, rules, entry_id))
            own = tuple(Related(said, _row(work, rules, said.entry)) for said in relations_in(kind, fields))
            pointing = tuple(_pointing(work, rules, entry_id))
            acting = [_acting(work, rules, row, entry_id) for row, _ in pointing if row.public]
            status = suggest_status(
                _day(fields, "ngay_hieu_luc"),
                _day(fields, "ngay_het_hieu_luc"),
                relations=[relation for some in acting for relation in some],
                today=today,
            )
        return Relatives(own, tuple(Related(said, row) for row, said in pointing), status)

    def find(self, kind: Kind, text: str, *, but: EntryId | None = None, limit: int = 8) -> Sequence[Shown]:
        """Entries that a relation of `kind` may name, the best first."""
        field = relation_field(kind)
        if field is None or not text.strip():
            return ()
        with self._store.read() as work:
            me = rules_of(work).actor.member.id
            found = [
                row
                for name in related_kinds(field)
                for row in work.lists.rows(ListQuery("all", text=text, kind=name, limit=limit + 1), me=me)
            ]
        return [row for row in found if row.entry_id != but][:limit]

    def named(
        self, kind: Kind, cited: Collection[Ground], *, but: EntryId | None = None
    ) -> Sequence[tuple[Ground, Shown]]:
        """Which of the documents that a text cites are here; one that could be another is none.

        A number alone says nothing (each province has its 17/2011/QĐ-UBND): the day must be the same, or only one document
        must bear a number with a year.
        """
        with self._store.read() as work:
            rules = rules_of(work)
            found = [(ground, _named(work, rules, kind, ground)) for ground in cited if ground.so_hieu]
        return [(ground, row) for ground, row in found if row is not None and row.entry_id != but]


def _row(work: Work, rules: Rules, entry_id: EntryId | None) -> Shown | None:
    """The list row of an entry, as far as this member sees it."""
    if entry_id is None:
        return None
    return work.lists.row(entry_id, me=rules.actor.member.id)


def _pointing(work: Work, rules: Rules, entry_id: EntryId) -> Iterator[tuple[Shown, Said]]:
    """Every entry whose text relates to this one, with each relation; `name` is then what the other is called."""
    rows = work.lists.rows(ListQuery("all", text=entry_id, by_date=True, limit=_MOST), me=rules.actor.member.id)
    for row in rows:
        kind = rules.bundle.kinds.get(row.kind)
        if kind is None or row.entry_id == entry_id:
            continue
        for said in relations_in(kind, current_fields(work, standing(work, rules, row.entry_id))):
            if said.entry == entry_id:
                yield row, replace(said, name=row.key or row.title, entry=row.entry_id)


def _acting(work: Work, rules: Rules, row: Shown, entry_id: EntryId) -> Iterator[Relation]:
    """What the published text of `row` does to the entry; drafts decide nothing."""
    kind, rid = rules.bundle.kinds.get(row.kind), standing(work, rules, row.entry_id).facts.published_rid
    published = work.revisions.get(rid) if rid else None
    if kind is None or published is None:
        return
    fields = published.content.fields
    for said in relations_in(kind, fields):
        act = next((act for act in _DECIDES if act == said.act), None)
        if said.entry == entry_id and act is not None:
            yield Relation(act, row.key or row.title, _day(fields, "ngay_hieu_luc"))


def _named(work: Work, rules: Rules, kind: Kind, ground: Ground) -> Shown | None:
    field = relation_field(kind)
    if field is None or ground.so_hieu is None:
        return None
    key, me = number_key(ground.so_hieu), rules.actor.member.id
    alike = [
        (row, current_fields(work, standing(work, rules, row.entry_id)))
        for name in related_kinds(field)
        for row in work.lists.rows(ListQuery("all", text=ground.so_hieu, kind=name, limit=_NAMED), me=me)
        if number_key(row.key) == key
    ]
    alike = [(row, fields) for row, fields in alike if _is_type(fields, ground)]
    dated = [row for row, fields in alike if ground.ngay and fields.get("ngay_ban_hanh") == ground.ngay]
    if ground.ngay and any(fields.get("ngay_ban_hanh") for _, fields in alike):
        return dated[0] if len(dated) == 1 else None
    has_year = ground.so_hieu.count("/") > 1
    return alike[0][0] if len(alike) == 1 and has_year else None


def _is_type(fields: Texts, ground: Ground) -> bool:
    told = fields.get("loai_van_ban")
    return ground.loai is None or not isinstance(told, str) or told.casefold() == ground.loai.casefold()


def _day(fields: Texts, name: str) -> date | None:
    value: Json = fields.get(name)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
