"""The OpenAPI 3.1 document of the publishing API; resources/contract/openapi.json is a copy, tested for drift."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from server_stub.api.schemas import SCHEMAS


def document(app: FastAPI) -> dict[str, Any]:
    """The document; the same bytes for the same code."""
    found = get_openapi(
        title="Tòa Soạn publishing API",
        version="1",
        openapi_version="3.1.0",
        summary="What a portal answers to the editorial desk; docs/wire.md says what the members mean",
        routes=app.routes,
    )
    components = found.setdefault("components", {})
    components["schemas"] = dict(SCHEMAS)
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    for path in found["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None) if _is_frameworks_own(operation) else None
    return found


def text(app: FastAPI) -> str:
    """The document as it stands in the file."""
    return json.dumps(document(app), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _is_frameworks_own(operation: dict[str, Any]) -> bool:
    """Whether the 422 is FastAPI's default: our requests are read by our own code."""
    return "HTTPValidationError" in json.dumps(operation["responses"].get("422", {}))
