"""What a profile asks for beyond its kinds: of some members at least one, where another is filled in or has a certain value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.digest import Json


@dataclass(frozen=True)
class Demand:
    """One of `any_of` must be filled in from `gate` on, in an entry of these kinds in which `with_` is filled in ("": always)
    and every pointer of `when` has one of its values. `clause` says who says so.
    """

    kinds: tuple[str, ...]
    any_of: tuple[str, ...]
    gate: str
    with_: str
    when: Mapping[str, Sequence[Json]]
    clause: str

    @property
    def always(self) -> bool:
        """Whether it is asked whatever else is filled in."""
        return not self.with_ and not self.when

    def is_unmet(self, kind_id: str, fields: Mapping[str, Json], due: Sequence[str]) -> bool:
        """Whether it is asked at one of the gates `due`, and nothing answers it."""
        if kind_id not in self.kinds or self.gate not in due:
            return False
        if self.with_ and is_empty(value_at(fields, self.with_)):
            return False
        asked = all(value_at(fields, pointer) in values for pointer, values in self.when.items())
        return asked and all(is_empty(value_at(fields, pointer)) for pointer in self.any_of)


def demands_from_json(value: Json) -> tuple[Demand, ...]:
    """The demands of a profile; TypeError for what is none."""
    return tuple(_demand(item) for item in value) if isinstance(value, list) else ()


def value_at(fields: Mapping[str, Json], pointer: str) -> Json:
    """The member that a JSON pointer names, None where there is none."""
    value: Json = dict(fields)
    for name in pointer.strip("/").split("/"):
        value = value.get(name) if isinstance(value, dict) else None
    return value


def is_empty(value: Json) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def _demand(item: Json) -> Demand:
    if not isinstance(item, dict):
        raise TypeError("a demand is an object")
    when = item.get("when")
    return Demand(
        kinds=tuple(_names(item["kinds"])),
        any_of=tuple(_names(item["any"])),
        gate=str(item.get("from", "submit")),
        with_=str(item.get("with", "")),
        when={name: values for name, values in when.items() if isinstance(values, list)}
        if isinstance(when, dict)
        else {},
        clause=str(item.get("clause", "")),
    )


def _names(value: Json) -> Iterator[str]:
    if not isinstance(value, list) or not value:
        raise TypeError("a demand needs a list of names here")
    return (str(name) for name in value)
