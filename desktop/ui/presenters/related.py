"""What documents do to each other, in words: both directions, what the text names, and the status that follows as a suggestion."""

from collections.abc import Mapping, Sequence

from desktop.application.records import Shown
from desktop.application.relating import Related, Relatives
from desktop.domain.digest import Json
from desktop.domain.kind import Kind
from desktop.domain.legal.status import Status
from desktop.domain.legal.values import Ground
from desktop.domain.relations import Relation, act_labels, inverse_labels, relation_field
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.presenters.words import Translate, label

STATUS_CLAUSE = "QĐ 13/2015/QĐ-UBND (Cà Mau), phần thuộc tính"
_STATUS = "tinh_trang"


def related_lines(kind: Kind, relatives: Relatives, lang: str) -> list[tuple[str, str]]:
    """(what the relation is and to which document, its title) of both directions, for the column beside a text."""
    field = relation_field(kind)
    if field is None:
        return []
    return [*_lines(act_labels(field), relatives.own, lang), *_lines(inverse_labels(field), relatives.inverse, lang)]


def inverse_lines(kind: Kind, relatives: Relatives, lang: str) -> list[str]:
    """What others say of this document, a line each."""
    field = relation_field(kind)
    return [line for line, _ in _lines(inverse_labels(field), relatives.inverse, lang)] if field is not None else []


def named_relations(
    kind: Kind, named: Sequence[tuple[Ground, Shown]], grounds: Sequence[Ground]
) -> tuple[Relation, ...]:
    """What the text names as relations: its grounds are its basis, everything else is related."""
    field = relation_field(kind)
    acts = act_labels(field) if field is not None else {}
    basis = {ground.so_hieu for ground in grounds}
    made = [
        Relation("basis" if ground.so_hieu in basis else "related", row.key or row.title, row.entry_id)
        for ground, row in named
    ]
    return tuple({relation.entry: relation for relation in reversed(made) if relation.act in acts}.values())[::-1]


def status_checks(
    kind: Kind, fields: Mapping[str, Json], status: Status | None, translate: Translate
) -> tuple[Check, ...]:
    """The status that follows from dates and from what others do, where the form says another."""
    if status is None or status.state is None or kind.field(_STATUS) is None or fields.get(_STATUS) == status.state:
        return ()
    if fields.get(_STATUS) == "Dự thảo":
        return ()
    why = {
        "replaced": translate("Related", "replaced by {by} from {since}"),
        "repealed": translate("Related", "repealed by {by} from {since}"),
        "partly": translate("Related", "repealed in part by {by} from {since}"),
        "ended": translate("Related", "ended on {since}"),
        "not-yet": translate("Related", "in force only from {since}"),
        "in-force": translate("Related", "in force from {since}"),
    }.get(status.reason, "")
    since = status.since.strftime("%d/%m/%Y") if status.since else ""
    said = translate("Related", "Status should be “{state}”: {why}").format(
        state=status.state, why=why.format(by=status.by, since=since)
    )
    return (Check(Weight.NOTE, said, STATUS_CLAUSE, f"/{_STATUS}"),)


def _lines(labels: Mapping[str, Mapping[str, str]], related: Sequence[Related], lang: str) -> list[tuple[str, str]]:
    order = list(labels)
    known = [each for each in related if each.relation.act in labels]
    return [
        (f"{label(labels[each.relation.act], lang)}: {each.relation.name}", each.other.title if each.other else "")
        for each in sorted(known, key=lambda each: order.index(each.relation.act))
    ]
