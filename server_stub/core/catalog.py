"""The bundle in force: profile, kinds and theme as one hashed document, and its parsed form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from server_stub.core.canonical import digest, sorted_json
from server_stub.core.kinds import Kind, parse_kind
from server_stub.core.profile import Profile, parse_profile
from server_stub.store import tables as t

_KEEP: Final = 8
_PARSED: "Final[dict[str, Catalog]]" = {}


@dataclass(frozen=True)
class Catalog:
    """What every decision is judged by; `document` is what `GET /v1/bundle` answers."""

    rev: str
    profile: Profile
    kinds: Mapping[str, Kind]
    document: Mapping[str, Any]


def make_bundle(
    *, profile: Mapping[str, Any], kinds: Mapping[str, Any], theme: Mapping[str, Any], in_force_from: str
) -> dict[str, Any]:
    """A bundle document: `rev` is the hash of the rest, whose keys are free (`maxLength`, `$id`)."""
    rest = {"in_force_from": in_force_from, "profile": profile, "kinds": kinds, "theme": theme}
    return {"rev": digest(sorted_json(rest)), **rest}


def store_bundle(db: Connection, document: Mapping[str, Any], installed: str) -> None:
    """Keep a bundle; every bundle ever served stays."""
    known = db.execute(select(t.bundle.c.rev).where(t.bundle.c.rev == document["rev"])).one_or_none()
    if known is None:
        db.execute(
            insert(t.bundle).values(
                rev=document["rev"],
                in_force_from=document["in_force_from"],
                body=json.dumps(document, ensure_ascii=False),
                installed=installed,
            )
        )


def load_catalog(db: Connection, rev: str) -> Catalog:
    """The parsed bundle `rev`; KeyError when there is none."""
    cached = _PARSED.get(rev)
    if cached is not None:
        return cached
    body = db.execute(select(t.bundle.c.body).where(t.bundle.c.rev == rev)).scalar_one_or_none()
    if body is None:
        raise KeyError(rev)
    return _remember(parse_catalog(json.loads(body)))


def parse_catalog(document: Mapping[str, Any]) -> Catalog:
    """A bundle document as decisions need it."""
    return Catalog(
        rev=document["rev"],
        profile=parse_profile(document["profile"]),
        kinds={name: parse_kind(schema) for name, schema in document["kinds"].items()},
        document=document,
    )


def _remember(catalog: Catalog) -> Catalog:
    # A rev is a hash of its document, so a parsed catalog can be shared by every database of the process.
    while len(_PARSED) >= _KEEP:
        _PARSED.pop(next(iter(_PARSED)))
    _PARSED[catalog.rev] = catalog
    return catalog
