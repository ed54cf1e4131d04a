"""Lists that are sets of things: each known by its `id`, a file by its hash and role, a word by itself."""

from collections.abc import Sequence

from desktop.domain.digest import Json


def listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def key_of(item: Json) -> str | None:
    """What an item of a set is known by: its `id`, a file's hash and role, or itself."""
    if not isinstance(item, dict):
        return item if isinstance(item, str) else None
    if isinstance(item.get("id"), str):
        return str(item["id"])
    return f"{item['sha256']}:{item.get('role')}" if "sha256" in item else None


def by_key(value: Json) -> dict[str, Json] | None:
    """The items of a set; None when they cannot be told apart."""
    if value in (None, "", [], {}):
        return {}
    keys = [key_of(item) for item in listed(value)]
    if not isinstance(value, list) or None in keys or len(set(keys)) < len(keys):
        return None
    return {str(key): item for key, item in zip(keys, value, strict=True)}


def in_order(items: Sequence[Json], sides: Sequence[Sequence[Json]]) -> list[Json]:
    """`items` in the order of the side that changed it; if both did, in the base's, and what is new after it."""
    base, mine, theirs = ([key_of(item) for item in side] for side in sides)
    frame = theirs if mine == base else mine if theirs == base else None
    if frame is None:
        stays = [key for key in base if key in mine and key in theirs]
        moved = [side for side in (mine, theirs) if [key for key in side if key in stays] != stays]
        frame = moved[0] if len(moved) == 1 else base
    place = {key: number for number, key in enumerate(frame)}
    return sorted(items, key=lambda item: (place.get(key_of(item), len(place)), key_of(item) or ""))
