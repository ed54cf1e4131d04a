"""What a content must be before it becomes a revision, and what it must hold at a gate.

check_content   shape, kind, section, schema, clean HTML      -> `invalid`
incomplete      x-required-from, x-total, the profile's require_source and its demands
"""

from collections.abc import Mapping
from typing import Any, Final

from server_stub.core.canonical import is_hash
from server_stub.core.catalog import Catalog
from server_stub.core.clean import is_clean
from server_stub.core.demands import is_empty, unmet, value_at
from server_stub.core.kinds import faults, missing
from server_stub.core.outcome import Outcome, invalid

MAX_CONTENT: Final = 8 * 1024 * 1024
MAX_ATTACHMENTS: Final = 200
_MEMBERS: Final[Mapping[str, type]] = {"kind": str, "lang": str, "fields": dict, "html": dict, "attachments": list}


def shape_faults(content: object) -> tuple[tuple[str, str], ...]:
    """(pointer, code) of what keeps `content` from being one at all."""
    if not isinstance(content, dict):
        return (("/content", "type"),)
    found = [
        (f"/{name}", "type" if name in content else "required")
        for name, wanted in _MEMBERS.items()
        if not isinstance(content.get(name), wanted)
    ]
    if not found:
        found += [(f"/html/{name}", "type") for name, html in content["html"].items() if not isinstance(html, str)]
        found += _attachment_faults(content["attachments"])
    return tuple(found)


def check_content(catalog: Catalog, content: Mapping[str, Any]) -> Outcome | None:
    """The refusal of a well-shaped content, or None."""
    kind = catalog.kinds.get(content["kind"])
    if kind is None:
        return unknown_kind(content["kind"])
    section = content["fields"].get("section")
    if section is not None:
        known = catalog.profile.sections.get(section) if isinstance(section, str) else None
        if known is None:
            return invalid("unknown-section", (("/fields/section", "unknown"),))
        if kind.id not in known.kinds:
            return invalid("kind-not-in-section", (("/fields/section", "kind"),))
    found = faults(kind, content["fields"])
    if found:
        return invalid("invalid-content", found)
    unclean = tuple(
        (f"/html/{name}", "unclean" if name in kind.markdown else "unknown")
        for name, html in content["html"].items()
        if name not in kind.markdown or not is_clean(html)
    )
    return invalid("unclean-html", unclean) if unclean else None


def unknown_kind(kind_id: str) -> Outcome:
    """The refusal of what needs a kind that is not, or no longer, in the bundle."""
    return invalid("unknown-kind", (("/kind", "unknown"),), kind=kind_id)


def incomplete(catalog: Catalog, content: Mapping[str, Any], gate: str) -> tuple[str, ...]:
    """Pointers of what `gate` needs and the content lacks; of a kind that is not in the bundle nothing is known."""
    kind, fields = catalog.kinds.get(content["kind"]), content["fields"]
    if kind is None:
        return ()
    found = set(missing(kind, fields, gate))
    if catalog.profile.require_source.get(kind.id) and is_empty(value_at(fields, ("source", "name"))):
        found.add("/fields/source")
    found.update(unmet(catalog.profile.demands, kind.id, fields=fields, gate=gate))
    return tuple(sorted(found))


def blobs_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The digests of the attachments, each once, in order."""
    return tuple(dict.fromkeys(item["sha256"] for item in content["attachments"]))


def _attachment_faults(items: list[Any]) -> list[tuple[str, str]]:
    if len(items) > MAX_ATTACHMENTS:
        return [("/attachments", "maxItems")]
    found = []
    for index, item in enumerate(items):
        where = f"/attachments/{index}"
        if not isinstance(item, dict):
            found.append((where, "type"))
            continue
        if not is_hash(item.get("sha256")):
            found.append((f"{where}/sha256", "format"))
        size = item.get("size")
        if not isinstance(size, int) or isinstance(size, bool) or size < 0:
            found.append((f"{where}/size", "type"))
        found += [
            (f"{where}/{name}", "type") for name in ("name", "alt", "role") if not isinstance(item.get(name, ""), str)
        ]
    return found
