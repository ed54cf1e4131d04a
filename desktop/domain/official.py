"""E-mail addresses of officials that do not lie under the domain that the kind says they should (`x-official`).

Source: QĐ 17/2011/QĐ-UBND Điều 10.7; QĐ 2567/2007/QĐ-UBND Điều 7.5.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.digest import Json
from desktop.domain.kind import Field, Kind


@dataclass(frozen=True)
class Address:
    pointer: str
    address: str
    domain: str
    clause: str


def unofficial(kind: Kind, fields: Mapping[str, Json]) -> Iterator[Address]:
    """Every such address, in rows and objects too; what is no address is for other checks."""
    for field in kind.fields:
        value = fields.get(field.name)
        yield from _of(field, value, f"/{field.name}", field.clause)
        for part in field.members:
            yield from _of(part, _member(value, part.name), f"/{field.name}/{part.name}", field.clause)
        for number, row in enumerate(value if isinstance(value, list) else ()):
            for part in field.columns:
                yield from _of(part, _member(row, part.name), f"/{field.name}/{number}/{part.name}", field.clause)


def _of(field: Field, value: Json, pointer: str, clause: str) -> Iterator[Address]:
    domain = field.schema.get("x-official")
    if not isinstance(domain, str) or not isinstance(value, str) or "@" not in value:
        return
    host = value.strip().rpartition("@")[2].casefold().rstrip(".")
    if host != domain and not host.endswith(f".{domain}"):
        yield Address(pointer, value.strip(), domain, clause)


def _member(value: Json, name: str) -> Json:
    return value.get(name) if isinstance(value, dict) else None
