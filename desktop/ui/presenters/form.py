"""The form of a kind: which control each field gets, what it is called, what it must hold, and values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.board import Member
from desktop.domain.demands import Demand
from desktop.domain.digest import Json
from desktop.domain.kind import Field, Kind
from desktop.domain.profile import Profile, Section
from desktop.domain.relations import WIDGET, act_labels
from desktop.ui.presenters.words import label

HIDDEN = frozenset({"hidden", "markdown"})
WIDGETS = frozenset(
    {
        "title",
        "line",
        "text",
        "markdown",
        "section",
        "source",
        "date",
        "choice",
        "check",
        "hidden",
        "datetime",
        "number",
        "money",
        "rows",
        "relations",
        "object",
        "people",
        "percent",
        "decimal",
        "attachments",
    }
)


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class FormField:
    """One control. `required` for sending; `parts` are the members of an object or a row; `options` of a choice or
    section; `total` (part, sum) what a part of all rows must come to.
    """

    name: str
    label: str
    widget: str
    help: str = ""
    required: bool = False
    clause: str = ""
    longest: int | None = None
    options: tuple[Option, ...] = ()
    parts: tuple["FormField", ...] = ()
    total: tuple[str, Decimal] | None = None

    @property
    def hint(self) -> str:
        """Help and clause, for the tooltip and the screen reader."""
        return " — ".join(part for part in (self.help, self.clause) if part)


@dataclass(frozen=True)
class Form:
    """The fields around the text, in the kind's order, and the name and dialect of the long text itself."""

    fields: tuple[FormField, ...]
    body: str | None
    dialect: str
    title: str


def form(kind: Kind, profile: Profile, me: Member, *, lang: str, section: str | None = None) -> Form:
    """The form of `kind` for this member; `section` is kept as an option even where the member has no right to it."""
    bodies = [field for field in kind.fields if field.dialect]
    shown = [field for field in kind.fields if field.widget not in HIDDEN]
    made = tuple(_field(field, kind, profile, me, lang=lang, section=section) for field in shown)
    body = bodies[0] if bodies else None
    dialect = (body.dialect if body else None) or "prose"
    return Form(made, body.name if body else None, dialect, kind.title_field)


def sections(kind: Kind, profile: Profile, me: Member, *, lang: str, keep: str | None = None) -> tuple[Option, ...]:
    """The sections of this kind in which the member may enter. Source: QĐ 2567/2007/QĐ-UBND Điều 17.5."""
    roles = set(profile.steps[0].roles)
    mine = [grant for grant in me.grants if grant.role in roles]
    taken = [
        section
        for section in profile.sections
        if section.id == keep
        or ((not section.kinds or kind.id in section.kinds) and any(grant.covers(section.id) for grant in mine))
    ]
    return tuple(Option(section.id, _in_tree(section, profile, taken, lang)) for section in taken)


def _in_tree(section: Section, profile: Profile, shown: Sequence[Section], lang: str) -> str:
    """The name of a section: a step in below the one above it, where that is shown too."""
    called = label(section.label, lang)
    return f"\u2003{called}" if profile.section(section.parent) in shown else called


def merged(before: Mapping[str, Json], edited: Mapping[str, Json]) -> dict[str, Json]:
    """`before` with the form's values laid over it: what the form does not show stays, what was emptied goes."""
    fields = dict(before)
    for name, value in edited.items():
        if value in (None, "", {}, []) or (value is False and name not in before):
            fields.pop(name, None)
        else:
            fields[name] = value
    return fields


def _field(field: Field, kind: Kind, profile: Profile, me: Member, *, lang: str, section: str | None) -> FormField:
    options: Sequence[Option] = choices(field, lang)
    if field.widget == WIDGET:
        options = tuple(Option(act, label(words, lang) or act) for act, words in act_labels(field).items())
    if field.widget == "section":
        options = sections(kind, profile, me, lang=lang, keep=section)
    needs_source = field.widget == "source" and profile.require_source.get(kind.id, False)
    asked = next((demand for demand in profile.demands if _always_asks(demand, kind, field)), None)
    longest = field.schema.get("maxLength")
    return FormField(
        name=field.name,
        label=label(field.label, lang) or field.name,
        widget=field.widget if field.widget in WIDGETS else "line",
        help=_text(field.schema.get("x-help"), lang),
        required=field.required_from == "submit" or needs_source or asked is not None,
        clause=field.clause or (profile.source_clause if needs_source else "") or (asked.clause if asked else ""),
        longest=longest if isinstance(longest, int) else None,
        options=tuple(options),
        parts=_parts(field, lang),
        total=field.total,
    )


def choices(field: Field, lang: str) -> tuple[Option, ...]:
    """The values that may be chosen, by the names that the kind has for them in `lang`."""
    return tuple(Option(choice, label(field.worded.get(choice, {}), lang) or choice) for choice in field.choices)


def _always_asks(demand: Demand, kind: Kind, field: Field) -> bool:
    return demand.always and kind.id in demand.kinds and demand.any_of == (f"/{field.name}",)


def _parts(field: Field, lang: str) -> tuple[FormField, ...]:
    row = field.schema.get("items")
    must = (row if isinstance(row, dict) else field.schema).get("required")
    needed = must if isinstance(must, list) else []
    return tuple(
        FormField(
            part.name,
            label(part.label, lang) or part.name,
            part.widget,
            required=part.name in needed or part.required_from == "submit",
        )
        for part in field.columns or field.members
        if part.widget != "hidden"
    )


def _text(value: Json, lang: str) -> str:
    return label({key: str(text) for key, text in value.items()}, lang) if isinstance(value, dict) else ""
