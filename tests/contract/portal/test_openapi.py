"""resources/contract/openapi.json says what the portal does: generated, valid, and not behind the code."""

from pathlib import Path

from jsonschema import Draft202012Validator

from server_stub.api.openapi import text
from server_stub.app import create_app
from server_stub.settings import Settings
from tests.contract.portal.wire import OPENAPI
from tests.unit.server_stub.house import QUICK


def test_the_file_is_what_the_code_says() -> None:
    app = create_app(Settings(database="sqlite://", passwords=QUICK))
    try:
        assert text(app) == Path("resources/contract/openapi.json").read_text(encoding="utf-8")
    finally:
        app.state.portal.close()


def test_every_reference_has_its_schema_and_every_schema_is_one() -> None:
    schemas = OPENAPI["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    named = {word.split('"')[0] for word in str(OPENAPI).replace("'", '"').split("#/components/schemas/")[1:]}
    assert named <= set(schemas)
    assert set(schemas) - named == set()


def test_every_endpoint_of_the_wire_is_there() -> None:
    assert sorted(f"{method.upper()} {path}" for path, operations in OPENAPI["paths"].items() for method in operations) == [
        "DELETE /v1/admin/devices/{device}", "DELETE /v1/uploads/{upload_id}", "GET /v1/admin/devices",
        "GET /v1/blobs/{sha256}", "GET /v1/bundle", "GET /v1/capabilities", "GET /v1/entries/{entry_id}",
        "GET /v1/uploads/{upload_id}", "HEAD /v1/uploads/{upload_id}", "OPTIONS /v1/uploads",
        "PATCH /v1/uploads/{upload_id}",
        "POST /v1/auth/login", "POST /v1/auth/logout", "POST /v1/auth/password", "POST /v1/auth/refresh",
        "POST /v1/blobs/check", "POST /v1/entries/batch", "POST /v1/history/check", "POST /v1/sync",
        "POST /v1/uploads",
        "PUT /v1/blobs/{sha256}",
    ]  # fmt: skip
