"""The JSON Schemas of the OpenAPI document (resources/contract/openapi.json), in the words of docs/wire.md.

Answers are closed (a member we forgot to write down fails a test); requests are open to newer clients.
"""

from collections.abc import Mapping
from typing import Any, Final

Schema = dict[str, Any]

_UUID: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
_HASH: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TIME: Final[Schema] = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"}
_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}
_NAME: Final[Schema] = {"type": "string", "pattern": "^[a-z0-9_.-]{1,80}$"}
_FLAG: Final[Schema] = {"type": "boolean"}
_OPEN: Final[Schema] = {"type": "object"}
_SECTIONS: Final[Schema] = {"type": ["array", "null"], "items": _TEXT}
_OUTCOMES: Final = (
    "applied", "conflict", "stale_revision", "invalid_state", "forbidden", "invalid", "missing_blob", "gone", "expired",
    "key_reused", "rid_mismatch", "unsupported", "busy",
)  # fmt: skip


def _or_null(schema: Mapping[str, Any]) -> Schema:
    if "$ref" in schema:
        return {"anyOf": [dict(schema), {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _list(items: Mapping[str, Any], **limits: int) -> Schema:
    return {"type": "array", "items": dict(items), **limits}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _closed(**members: Mapping[str, Any]) -> Schema:
    """An answer: every member is there, and no other."""
    return {
        "type": "object",
        "properties": {name: dict(schema) for name, schema in members.items()},
        "required": list(members),
        "additionalProperties": False,
    }


def _words(limit: int = 200) -> Schema:
    """A text of a request that must say something."""
    return {"type": "string", "minLength": 1, "maxLength": limit}


def _asked(required: Mapping[str, Mapping[str, Any]], **optional: Mapping[str, Any]) -> Schema:
    """A request: these members are needed, those are known."""
    return {
        "type": "object",
        "properties": {name: dict(schema) for name, schema in {**required, **optional}.items()},
        "required": list(required),
    }


_ROLES: Final = _list(_closed(role=_TEXT, sections=_SECTIONS))
_STATE: Final = _closed(step=_TEXT, phase={"enum": ["draft", "waiting", "published", "unpublished", "discarded"]})

_OP: Final = _asked(
    {"op_id": _UUID, "device_seq": _COUNT, "type": _NAME}, client_time={"type": ["string", "null"]}, entry_id=_UUID,
    base_rid=_or_null(_HASH), merged_from=_or_null(_HASH), rid=_HASH, content=_or_null(_ref("Content")), render_rev=_COUNT,
    auto=_FLAG, name=_TEXT, on_state_ver=_COUNT, on_rid=_HASH, step=_TEXT, reason=_TEXT, about=_HASH, not_before=_TEXT,
    delegation=_UUID, comment_id=_UUID, side_id=_UUID, text=_TEXT, anchor=_TEXT, assignee={"type": ["string", "null"]}, release=_FLAG,
    delegation_id=_UUID, to=_TEXT, sections=_SECTIONS, start=_TEXT, end=_TEXT, revoke=_FLAG, member_id=_TEXT,
    roles=_list(_OPEN), label=_OPEN, active=_FLAG, record_id=_UUID, salt=_TEXT, fields=_OPEN,
)  # fmt: skip

_OPS_NEED_THE_EPOCH: Final = {
    "anyOf": [{"properties": {"epoch": _UUID}}, {"properties": {"epoch": {"type": "null"}, "ops": {"maxItems": 0}}}]
}

_CONTENT: Final = _asked(
    {
        "kind": _TEXT,
        "lang": _TEXT,
        "fields": _OPEN,
        "html": {"type": "object", "additionalProperties": _TEXT},
        "attachments": _list(_asked({"sha256": _HASH, "size": _COUNT}, name=_TEXT, alt=_TEXT, role=_TEXT)),
    }
)

_CHANGE: Final = {
    "type": "object",
    "properties": {
        "seq": _COUNT, "type": _TEXT, "target": _TEXT, "head": _ref("Head"), "meta": _ref("Meta"),
        "member": _ref("Member"), "delegation": _ref("Delegation"), "comment": _ref("Comment"), "claim": _ref("Claim"),
        "side": _ref("SideDraft"),
    },
    "required": ["seq", "type", "target"],
    "additionalProperties": False,
}  # fmt: skip

_HISTORY: Final = _closed(
    op_id=_UUID, type=_TEXT, name=_or_null(_TEXT), rid=_or_null(_HASH), rev_no=_or_null(_COUNT),
    **{"from": _or_null(_STATE), "to": _or_null(_STATE)}, step=_or_null(_TEXT), actor=_TEXT, actor_label=_ref("Label"),
    on_behalf_of=_or_null(_TEXT), reason=_or_null(_TEXT), server_time=_TIME,
)  # fmt: skip

SCHEMAS: Final[Mapping[str, Schema]] = {
    "Empty": _closed(),
    "Label": {"type": "object", "additionalProperties": _TEXT},
    "Problem": {
        "type": "object",
        "properties": {
            "type": _TEXT, "title": _TEXT, "status": _COUNT, "detail": _TEXT, "instance": _TEXT, "code": _TEXT,
            "rule": _ref("Rule"), "epoch": _UUID, "retry_after": _COUNT, "reason": _TEXT, "note": _TEXT, "minimum": _COUNT,
            "offset": _COUNT,
        },
        "required": ["type", "title", "status", "detail", "instance", "code"],
        "additionalProperties": False,
    },
    "Rule": _closed(code=_TEXT, clause=_TEXT, params={"type": "object", "additionalProperties": _TEXT}),
    "Content": _CONTENT,
    "Op": _OP,
    "SyncRequest": _asked(
        {
            "protocol": {"const": 1}, "epoch": _or_null(_UUID), "device_id": _TEXT, "actor": _TEXT,
            "cursor": _or_null(_TEXT), "ops": _list(_ref("Op"), maxItems=50),
        },
        limit={"type": "integer", "minimum": 1, "maximum": 2**53 - 1}, waiting=_COUNT,
    )
    | _OPS_NEED_THE_EPOCH,
    "SyncReply": _closed(
        epoch=_UUID, server_time=_TIME, server_seq=_COUNT, bundle_rev=_HASH, results=_list(_ref("Result")),
        changes=_list(_ref("Change"), maxItems=500), next_cursor=_TEXT, has_more=_FLAG, retry_after=_or_null(_COUNT),
        record_head=_or_null(_HASH),
    ),
    "Result": _closed(
        op_id=_UUID, outcome={"enum": list(_OUTCOMES)}, replay=_FLAG, rule=_or_null(_ref("Rule")),
        errors=_list(_closed(pointer=_TEXT, code=_TEXT)), rid=_or_null(_HASH), head=_or_null(_ref("Head")),
    ),
    "Change": _CHANGE,
    "Head": _closed(
        entry_id=_UUID, rid=_HASH, rev_no=_or_null(_COUNT), state=_STATE, state_ver=_COUNT, published_rid=_or_null(_HASH),
        seq=_COUNT,
    ),
    "Meta": _closed(
        kind=_TEXT, lang=_TEXT, title=_TEXT, section=_or_null(_TEXT), author=_TEXT, assignee=_or_null(_TEXT),
        submitter=_or_null(_TEXT), owner=_TEXT, urgent=_FLAG, key=_or_null(_TEXT), summary=_TEXT, size=_COUNT,
        returned=_or_null(_closed(op_id=_UUID, reason=_TEXT, by=_TEXT)), claimed_by=_or_null(_TEXT), updated=_TIME,
        authors=_list(_TEXT), entered_rid=_or_null(_HASH),
    ),
    "Member": _closed(id=_TEXT, username=_TEXT, label=_ref("Label"), roles=_ROLES, active=_FLAG),
    "Delegation": _closed(
        id=_UUID, **{"from": _TEXT}, to=_TEXT, step=_TEXT, sections=_SECTIONS, start=_TIME, end=_TIME, reason=_TEXT,
        revoked=_FLAG,
    ),
    "Comment": _closed(
        id=_UUID, entry_id=_UUID, on_rid=_HASH, text=_TEXT, anchor=_or_null(_TEXT), author=_TEXT, server_time=_TIME
    ),
    "SideDraft": _closed(
        entry_id=_UUID, base_rid=_or_null(_HASH), content=_or_null(_ref("Content")), server_time=_TIME
    ),
    "Claim": _closed(entry_id=_UUID, by=_or_null(_TEXT), server_time=_TIME),
    "EntryView": _closed(
        entry=_ref("Head"), meta=_ref("Meta"), rid=_HASH, rev_no=_or_null(_COUNT), content=_or_null(_ref("Content")),
        base_rid=_or_null(_HASH), merged_from=_or_null(_HASH), op_id=_UUID, history=_list(_HISTORY),
    ),
    "EntryViews": _closed(entries=_list(_ref("EntryView"), maxItems=250)),
    "Ids": _asked({"ids": _list(_TEXT, maxItems=250)}),
    "Rids": _asked({"rids": _list(_TEXT, maxItems=1000)}),
    "Known": _closed(known=_list(_HASH)),
    "Blobs": _list(_asked({"sha256": _HASH, "size": _COUNT}), maxItems=1000),
    "HaveNeed": _closed(have=_list(_HASH), need=_list(_HASH)),
    "Blob": _closed(sha256=_HASH, size=_COUNT),
    "Upload": _closed(
        id=_UUID, state={"enum": ["receiving", "checking", "ready", "rejected"]}, size=_COUNT, offset=_COUNT,
        sha256=_or_null(_HASH), rule=_or_null(_ref("Rule")), expires=_TIME,
    ),
    "Login": _asked(
        {"username": _words(), "password": _words(1000), "device": _asked({"id": _words(), "name": _words()})}
    ),
    "Refresh": _asked({"refresh": _words(), "refresh_id": _words()}),
    "NewPassword": _asked({"old": _words(1000), "new": _words(1000)}),
    "SignedIn": _closed(
        access=_TEXT, access_expires_in=_COUNT, refresh=_TEXT, member=_ref("Member"), password_change_required=_FLAG,
        epoch=_UUID, bundle_rev=_HASH,
    ),
    "Capabilities": _closed(
        api=_TEXT, protocol=_closed(min=_COUNT, max=_COUNT), epoch=_UUID, limits={"type": "object", "additionalProperties": _COUNT},
        features=_list(_TEXT), portal=_closed(name=_ref("Label")), theme=_OPEN,
    ),
    "Devices": _closed(
        devices=_list(
            _closed(
                id=_UUID, device_id=_TEXT, device_name=_TEXT, member_id=_TEXT, username=_TEXT, signed_in=_TIME,
                seen=_or_null(_TIME), waiting=_or_null(_COUNT), current=_FLAG,
            )
        )
    ),
    "Bundle": _closed(
        rev=_HASH, in_force_from=_TEXT, profile=_OPEN, kinds={"type": "object", "additionalProperties": _OPEN}, theme=_OPEN
    ),
}  # fmt: skip
