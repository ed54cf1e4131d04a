"""What each verb does: a use case called, and its answer as data and as text for people."""

import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Event

from desktop.application.desk import Desk
from desktop.application.exporting import export, export_text
from desktop.application.messages import sentence
from desktop.application.package_file import is_package
from desktop.application.records import Document, ListQuery, Shown
from desktop.cli.calendars import bring_calendar, write_calendar
from desktop.cli.checking import check
from desktop.cli.conflicts import conflict
from desktop.cli.extracting import as_json, as_text
from desktop.cli.filing import look_after
from desktop.cli.importing import bring_in, take_up
from desktop.cli.networking import set_up
from desktop.cli.parser import Arguments
from desktop.cli.printing import print_entry, print_file
from desktop.cli.reading import import_text, is_one_text, old_text
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotFound, Rule, SignInRefused
from desktop.domain.ids import EntryId, Rid
from desktop.domain.legal.extract import extract
from desktop.wiring import legal_form, look_through, open_desk, proofreader, renderer

_MANY = 100_000


@dataclass(frozen=True)
class Answer:
    """`data` has the schema of `resources/contract/cli.json`; `text` says the same to a person."""

    data: Mapping[str, Json]
    text: str


def run(given: Arguments) -> Answer:
    """The answer of one call; Problems rise to `main`."""
    if given.verb == "render":
        html = renderer().render(_read(given.path), given.dialect)
        return Answer({"html": html}, html)
    if given.verb == "check":
        return Answer(*check(_read(given.path), proofreader(given.home), lang=given.lang, path=given.path))
    if given.verb == "text":
        return Answer(*old_text(given))
    if given.verb == "import" and is_one_text(given):
        return Answer(*import_text(given))
    if given.verb == "pdf" and not given.entry:
        return Answer(*print_file(given))
    if given.verb == "extract":
        text = _read(given.path)
        found = as_json(extract(text), text)
        return Answer(found, as_text(found))
    if given.verb == "network":
        asks = given.password_stdin or bool(given.proxy_user)
        answer = Answer(*set_up(given.home, given, password=_password(given, "Mật khẩu proxy: ") if asks else None))
        return _tested(answer, given) if given.test else answer
    if given.verb == "files":
        return Answer(*look_after(given))
    if given.verb == "recover":
        look_through(given.home)
    with open_desk(given.home, portal_url=getattr(given, "portal", None)) as desk:
        return _VERBS[given.verb](desk, given)


def _tested(answer: Answer, given: Arguments) -> Answer:
    """The settings, and how long the portal took to answer over them; why there is no answer rises as a Problem."""
    with open_desk(given.home) as desk:
        took = round(desk.line.check() * 1000)
    return Answer({**answer.data, "answered_ms": took}, f"{answer.text} Cổng trả lời sau {took} ms.")


def _sign_in(desk: Desk, given: Arguments) -> Answer:
    must_change = desk.session.sign_in(given.username, _password(given, "Mật khẩu: "))
    if must_change:
        raise SignInRefused(Rule("password-change-required", "QĐ 2567/2007/QĐ-UBND Điều 11.2"))
    return _synced(desk, f"Đã đăng nhập: {given.username}.")


def _change_password(desk: Desk, given: Arguments) -> Answer:
    old, new = _password(given, "Mật khẩu cũ: "), _password(given, "Mật khẩu mới: ")
    desk.session.sign_in(given.username, old)
    desk.session.change_password(given.username, old=old, new=new)
    return _synced(desk, "Đã đổi mật khẩu.")


def _sync(desk: Desk, given: Arguments) -> Answer:
    account = desk.session.account()
    if given.password_stdin and account is not None:
        desk.session.sign_in(account.username, _password(given, ""))
    return _synced(desk, "")


def _synced(desk: Desk, before: str) -> Answer:
    report = desk.exchange.run()
    while report.again_in is not None:  # files go up in slices, and a cap makes them wait
        Event().wait(report.again_in)
        more = desk.exchange.run()
        report = replace(more, sent=report.sent + more.sent, received=report.received + more.received)
    status = desk.exchange.status()
    data: dict[str, Json] = {
        "sent": report.sent, "received": report.received, "bodies": report.bodies, "waiting": status.waiting,
        "cards": status.cards, "secure": desk.session.secure,
    }  # fmt: skip
    text = f"Gửi {report.sent}, nhận {report.received}, còn chờ {status.waiting}, cần xử lý {status.cards}."
    if status.notices:
        text += f" Có {len(status.notices)} thông báo (toasoan notices)."
    return Answer(data, f"{before} {text}".strip())


def _new(desk: Desk, given: Arguments) -> Answer:
    changes = _changes(given)
    section = changes.get("section")
    entry_id = desk.drafting.create(
        given.kind, lang=given.lang_of_text, section=section if isinstance(section, str) else None
    )
    if changes:
        desk.drafting.save(entry_id, changes)
    return Answer({"entry": entry_id}, entry_id)


def _edit(desk: Desk, given: Arguments) -> Answer:
    document = desk.drafting.open(_entry(desk, given.entry))
    fields = _merged(document.fields, _changes(given))
    at = desk.drafting.save(document.entry_id, fields, seen_rid=document.base_rid)
    return Answer({"entry": document.entry_id, "saved_at": at}, f"Đã lưu lúc {at}.")


def _list(desk: Desk, given: Arguments) -> Answer:
    return _rows(desk, ListQuery(box=given.box, limit=given.limit))


def _search(desk: Desk, given: Arguments) -> Answer:
    return _rows(desk, ListQuery(text=given.text, limit=given.limit))


def _rows(desk: Desk, query: ListQuery) -> Answer:
    rows = desk.library.rows(query)
    text = "\n".join(f"{row.entry_id}  {_state(row):<22} {row.title}" for row in rows)
    return Answer(
        {"rows": [_row(row) for row in rows], "total": desk.library.count(query)}, text or "Không có mục nào."
    )


def _show(desk: Desk, given: Arguments) -> Answer:
    document = desk.drafting.open(_entry(desk, given.entry))
    lines = [f"{name}: {value}" for name, value in document.fields.items()]
    head = (
        f"{document.entry_id} · {document.facts.state.step}/{document.facts.state.phase.value} · bản {document.rev_no}"
    )
    allowed = ", ".join(choice.name for choice in document.choices if choice.allowed)
    return Answer(_document(document), "\n".join([head, *lines, f"Có thể: {allowed or 'chỉ xem'}"]))


def _give(desk: Desk, given: Arguments) -> Answer:
    entry_id = _entry(desk, given.entry)
    read, step = getattr(given, "read", None), getattr(given, "step", None)
    reason = getattr(given, "reason", "")
    desk.stages.give(entry_id, given.verb, reason=reason, read_rid=Rid(read) if read else None, read_step=step)
    if given.verb == "discard":
        return Answer({"entry": entry_id}, "Đã bỏ bản nháp.")
    document = desk.drafting.open(entry_id)
    state = document.facts.state
    return Answer(_document(document), f"{state.step}/{state.phase.value}, chờ gửi {document.waiting}.")


def _attach(desk: Desk, given: Arguments) -> Answer:
    entry_id = _entry(desk, given.entry)
    sha256 = desk.drafting.attach(
        entry_id,
        name=given.path.name,
        data=given.path,
        role=given.role,
        alt=given.alt,
        source=given.source,
        licence=given.licence,
    )
    if given.keep_original:
        desk.originals.keep(sha256, given.path, name=given.path.name)
    found = desk.originals.find(sha256)
    original = str(found.path) if found else None
    told = f"\nẢnh gốc: {original}" if original else ""
    return Answer({"entry": entry_id, "sha256": sha256, "original": original}, f"/_blob/{sha256}{told}")


def _notices(desk: Desk, given: Arguments) -> Answer:
    rows: list[Json] = []
    lines = []
    for notice in desk.notices.open():
        said = sentence(notice.rule, given.lang)
        code = notice.rule.code
        rows.append({"code": code, "asks": notice.asks, "title": said.title, "what": said.what, "todo": said.todo})
        lines.append(f"{code}: {said.title}. {said}" + (f" (confirm {code} | decline {code})" if notice.asks else ""))
    return Answer({"notices": rows}, "\n".join(lines) or "Không có thông báo nào.")


def _devices(desk: Desk, given: Arguments) -> Answer:
    if given.revoke:
        desk.administered.revoke_device(given.revoke)
    found = desk.administered.devices()
    lines = [
        f"{one.id}  {one.username:<16} {one.name:<24} nghe lần cuối: {one.seen or 'chưa'}  còn chờ: "
        f"{'không rõ' if one.waiting is None else one.waiting}{'  (máy này)' if one.current else ''}"
        for one in found
    ]
    return Answer({"devices": [asdict(one) for one in found]}, "\n".join(lines))


def _answer(desk: Desk, given: Arguments) -> Answer:
    {"confirm": desk.notices.confirm, "decline": desk.notices.decline, "dismiss": desk.notices.dismiss}[given.verb](
        given.code
    )
    return _notices(desk, given)


def _conflict(desk: Desk, given: Arguments) -> Answer:
    return Answer(*conflict(desk, _entry(desk, given.entry), given))


def _export(desk: Desk, given: Arguments) -> Answer:
    only = _entry(desk, given.entry) if given.entry else None
    if given.forms:
        if only is None:
            raise BadContent(Rule("export-one"))
        forms = dict.fromkeys(form for form in given.forms if form != "ics")
        names = list(export_text(desk, given.folder, only, forms=forms, make=legal_form)) if forms else []
        names += [write_calendar(desk, given.folder, only)] if "ics" in given.forms else []
        files: dict[str, Json] = {"folder": str(given.folder), "entries": [only], "files": [*names]}
        return Answer(files, "\n".join(str(given.folder / name) for name in names))
    entries = export(desk, given.folder, only=only)
    data: dict[str, Json] = {"folder": str(given.folder), "entries": list(entries)}
    return Answer(data, f"Đã chép {len(entries)} mục vào {given.folder}.")


def _import(desk: Desk, given: Arguments) -> Answer:
    if is_package(given.path):
        return Answer(*take_up(desk, given))
    return Answer(*bring_in(desk, given))


def _calendar(desk: Desk, given: Arguments) -> Answer:
    return Answer(*bring_calendar(desk, given))


def _pdf(desk: Desk, given: Arguments) -> Answer:
    return Answer(*print_entry(desk, _entry(desk, given.entry), given))


_VERBS: Mapping[str, Callable[[Desk, Arguments], Answer]] = {
    "sign-in": _sign_in,
    "password": _change_password,
    "sync": _sync,
    "new": _new,
    "edit": _edit,
    "list": _list,
    "search": _search,
    "show": _show,
    "attach": _attach,
    "conflict": _conflict,
    "notices": _notices,
    "devices": _devices,
    "recover": _notices,  # opening the home has recovered it
    "export": _export,
    "import": _import,
    "calendar": _calendar,
    "pdf": _pdf,
    **dict.fromkeys(("confirm", "decline", "dismiss"), _answer),
    **dict.fromkeys(("submit", "recall", "approve", "return", "revise", "unpublish", "discard"), _give),
}


def _entry(desk: Desk, text: str) -> EntryId:
    """The entry whose id begins with `text`; NotFound when there is none or more than one."""
    found = [row.entry_id for row in desk.library.rows(ListQuery(limit=_MANY)) if row.entry_id.startswith(text)]
    if len(found) != 1:
        raise NotFound(Rule("gone"))
    return found[0]


def _changes(given: Arguments) -> dict[str, Json]:
    changes: dict[str, Json] = {}
    for item in given.set:
        name, _, value = item.partition("=")
        changes = _merged(changes, _nested(name, _value(value)))
    for item in given.file:
        name, _, path = item.partition("=")
        changes = _merged(changes, _nested(name, _read(Path(path))))
    return changes


def _value(text: str) -> Json:
    return {"true": True, "false": False}.get(text, text)


def _nested(name: str, value: Json) -> dict[str, Json]:
    """`source.name` names a member of an object."""
    first, _, rest = name.partition(".")
    return {first: _nested(rest, value) if rest else value}


def _merged(old: Mapping[str, Json], new: Mapping[str, Json]) -> dict[str, Json]:
    merged = dict(old)
    for name, value in new.items():
        before = merged.get(name)
        merged[name] = _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return merged


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadContent(Rule("unreadable-file", params={"file": str(path)})) from error


def _password(given: Arguments, prompt: str) -> str:
    return sys.stdin.readline().rstrip("\n") if given.password_stdin else getpass.getpass(prompt)


def _state(row: Shown) -> str:
    return f"{row.step}/{row.phase}" + (f" ↑{row.waiting}" if row.waiting else "")


def _row(row: Shown) -> dict[str, Json]:
    return {
        "entry": row.entry_id, "kind": row.kind, "lang": row.lang, "title": row.title, "section": row.section, "step": row.step,
        "phase": row.phase, "returned": row.returned, "public": row.public, "waiting": row.waiting, "conflict": row.conflict,
        "card": row.card, "rev_no": row.rev_no, "updated": row.updated,
    }  # fmt: skip


def _document(document: Document) -> dict[str, Json]:
    facts = document.facts
    choices: list[Json] = [
        {
            "name": c.name,
            "allowed": c.allowed,
            "rule": c.rule.code if c.rule else "",
            "clause": c.rule.clause if c.rule else "",
        }
        for c in document.choices
    ]
    return {
        "entry": document.entry_id, "kind": document.kind, "lang": document.lang, "step": facts.state.step,
        "phase": facts.state.phase.value, "state_ver": facts.state_ver, "rid": facts.head_rid, "published_rid": facts.published_rid,
        "rev_no": document.rev_no, "fields": dict(document.fields), "dirty": document.dirty, "waiting": document.waiting,
        "conflict": document.conflict, "choices": choices, "cards": [card.rule.code for card in document.cards],
    }  # fmt: skip
