"""The set phrases of a portal profile (Căn cứ…, Nơi nhận…), by name, for one kind of content."""

from desktop.domain.digest import Json
from desktop.domain.profile import Profile


def phrases(profile: Profile, kind_id: str, lang: str) -> list[tuple[str, str]]:
    """Name and text of each; what an odd profile holds in another form is left out."""
    listed = profile.raw.get("phrases")
    found = []
    for item in listed if isinstance(listed, list) else []:
        if isinstance(item, dict) and _is_for(item.get("kinds"), kind_id):
            name, text = item.get("label"), item.get("text")
            named = (name.get(lang) or name.get("vi")) if isinstance(name, dict) else None
            if isinstance(named, str) and isinstance(text, str):
                found.append((named, text))
    return found


def _is_for(kinds: Json, kind_id: str) -> bool:
    return not isinstance(kinds, list) or kind_id in kinds
