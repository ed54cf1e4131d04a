"""Values that presenter tests share: the generic profile, its kinds, members by role, a document."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from desktop.application.records import Choice, Document, Shown, Step
from desktop.domain.board import Grant, Member
from desktop.domain.digest import Json
from desktop.domain.entry import Facts, Phase, State
from desktop.domain.ids import EntryId, MemberId, Rid
from desktop.domain.kind import Kind
from desktop.domain.profile import Profile, profile_from_json
from desktop.ui.presenters.times import Now
from resources import path

PROFILE: Profile = profile_from_json(json.loads(path("profiles", "generic.json").read_text(encoding="utf-8")))
KINDS: Mapping[str, Kind] = {
    name: Kind(name, json.loads(path("contract", "kinds", f"{name}.json").read_text(encoding="utf-8")))
    for name in PROFILE.kinds
}
NOW = Now(datetime(2026, 11, 22, 3, 15, tzinfo=UTC), timezone(timedelta(hours=7)))


def member(username: str, *grants: Grant) -> Member:
    labels = {"ctv": "Cộng tác viên", "phoban": "Phó Trưởng ban", "truongban": "Trưởng ban"}
    return Member(MemberId(f"u-{username}"), username, {"vi": labels.get(username.rstrip("1"), username)}, grants)


CONTRIBUTOR = member("ctv", Grant("ctv", frozenset({"tin-van-hoa", "tin-hoat-dong"})))
DEPUTY = member("phoban1", Grant("phoban"))
CHIEF = member("truongban", Grant("truongban"))

SHOWN = Shown(
    entry_id=EntryId("e-1"), kind="article", lang="vi", title="Một cửa cho 1.268 thủ tục", section="tin-van-hoa", key="",
    step="nhap_moi", phase="draft", returned=False, public=False, owner="u-ctv", submitter="", assignee="", urgent=False,
    waiting=0, conflict=False, card=False, rev_no=0, updated="2026-11-22T02:41:00Z",
)  # fmt: skip

DOCUMENT = Document(
    entry_id=EntryId("e-1"), kind="article", lang="vi", fields={"title": "Một cửa cho 1.268 thủ tục", "section": "tin-van-hoa"},
    attachments=(), facts=Facts(State("nhap_moi", Phase.DRAFT), 0, None, None, "tin-van-hoa", MemberId("u-ctv")), rev_no=0,
    content=None, published=None, choices=(), writable=None, saved_at="2026-11-22T02:41:00Z", dirty=True, waiting=0, conflict=None,
    returned=None, cards=(), history=(),
)  # fmt: skip


def at(step: str, phase: Phase, **changes: object) -> Document:
    """The document at that step and phase."""
    facts = replace(DOCUMENT.facts, state=State(step, phase))
    return replace(DOCUMENT, facts=facts, **changes)  # type: ignore[arg-type]  # fields of Document by name


def choice(name: str, step: str = "nhap_moi", *, allowed: bool = True, **more: object) -> Choice:
    rule = PROFILE.commands[name]
    return Choice(name, step, rule.label, allowed, **more)  # type: ignore[arg-type]  # fields of Choice by name


def step(
    name: str, *, by: str = "Cộng tác viên", reason: str = "", at: str = "2026-11-20T02:12:00Z", rev: int = 1
) -> Step:
    kind = "put" if name == "put" else "command"
    return Step(f"op-{name}-{at}", kind, name, Rid("r" * 64), rev, "u-x", by, reason, at)


def fields(**values: Json) -> Mapping[str, Json]:
    return values
