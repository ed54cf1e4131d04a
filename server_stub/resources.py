"""The shared data as this side reads them: JSON as strict as what comes by the wire."""

from typing import Any, Final

from resources import path
from server_stub.core.strict_json import parse

THEMES: Final = path("themes")
DEMO: Final = path("demo")


def read_json(*parts: str) -> Any:  # noqa: ANN401 - callers know their file's shape
    """The value of a JSON file below `resources/`."""
    return parse(path(*parts).read_bytes())


def read_kinds() -> dict[str, Any]:
    """Every kind that is shipped, by id."""
    kinds = (parse(file.read_bytes()) for file in sorted(path("contract", "kinds").glob("*.json")))
    return {kind["$id"]: kind for kind in kinds if isinstance(kind, dict)}
