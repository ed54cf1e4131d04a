"""Where the shared data are: the contract, the profiles, the kinds and the themes, beside this package."""

from pathlib import Path
from typing import Any, Final

from server_stub.core.strict_json import parse

RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
THEMES: Final = RESOURCES / "themes"


def read_json(*parts: str) -> Any:  # noqa: ANN401 - callers know their file's shape
    """The value of a JSON file below `resources/`."""
    return parse(RESOURCES.joinpath(*parts).read_bytes())


def read_kinds() -> dict[str, Any]:
    """Every kind that is shipped, by id."""
    kinds = (parse(path.read_bytes()) for path in sorted((RESOURCES / "contract" / "kinds").glob("*.json")))
    return {kind["$id"]: kind for kind in kinds if isinstance(kind, dict)}
