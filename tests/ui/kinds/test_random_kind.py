"""Kinds that no client was written for: served by a portal, filled in by keys, published, read on their page."""

import hashlib
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.board import Member
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind, faults
from desktop.domain.profile import Profile
from desktop.editor.text.page import page_context, render_main
from desktop.ui.document.form_view import FormView
from desktop.ui.presenters.form import form, merged
from desktop.wiring import open_desk
from server_stub.core.kinds import faults as faults_of_the_portal
from server_stub.core.kinds import parse_kind
from tests.support.live_portal import PASSWORD, LivePortal, live_portal

SECTION = "tin-hoat-dong"
PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"
TEXT = {"type": "string"}
FILE, BYTES = "bang-gia.pdf", b"%PDF-1.4 " + bytes(2_000)
SHA256 = hashlib.sha256(BYTES).hexdigest()


@dataclass(frozen=True)
class Way:
    """One widget: its schema, the keys that fill it in, and how the page words what they made."""

    schema: Mapping[str, Any]
    keys: tuple[str, ...]
    words: str


def labelled(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"x-label": {"vi": f"Mục {name}", "en": f"Item {name}"}, "x-merge": "scalar", **schema}


ROW = {
    "name": labelled("ten", {**TEXT, "x-widget": "line"}),
    "at": labelled("luc", {**TEXT, "x-widget": "datetime", "pattern": PATTERN}),
    "count": labelled("so", {"type": "integer", "x-widget": "number"}),
}
MONEY = {
    "amount": labelled("tien", {**TEXT, "x-widget": "line", "pattern": r"^[0-9]{1,15}(\.[0-9]{1,2})?$"}),
    "currency": labelled("loai", {**TEXT, "x-widget": "line", "pattern": "^[A-Z]{3}$"}),
}
WHOLE = {"member": "share", "is": "100"}
PERSON = {
    "id": {**TEXT, "x-widget": "hidden"},
    "name": labelled("ai", {**TEXT, "x-widget": "line"}),
    "share": labelled("phan", {**TEXT, "x-widget": "percent", "x-public": False, "pattern": "^[0-9]+$"}),
}
PLACE = {
    "street": labelled("duong", {**TEXT, "x-widget": "line"}),
    "on": labelled("ngay", {**TEXT, "format": "date", "x-widget": "date"}),
    "phone": labelled("dien thoai", {**TEXT, "x-widget": "line", "x-public": False}),
}
WAYS: dict[str, Way] = {
    "line": Way(TEXT, ("Alpha",), "Alpha"),
    "text": Way({**TEXT, "x-merge": "text"}, ("Beta gamma",), "Beta gamma"),
    "date": Way({**TEXT, "format": "date"}, ("22/11/2026",), "22/11/2026"),
    "datetime": Way({**TEXT, "pattern": PATTERN}, ("22/11/2026 14:30",), "22/11/2026 14:30"),
    "number": Way({"type": "integer", "minimum": 0}, ("42",), "42"),
    "choice": Way({**TEXT, "enum": ["Loại A", "Loại B"]}, ("",), "Loại A"),
    "check": Way({"type": "boolean"}, (" ",), "Có"),
    "money": Way({"type": "object", "properties": MONEY, "required": ["amount"]}, ("1.500.000", "VND"), "1500000 VND"),
    "rows": Way(
        {"type": "array", "items": {"type": "object", "properties": ROW, "required": ["name"]}, "x-merge": "list"},
        ("Delta", "22/11/2026 08:05", "7"),
        "22/11/2026 08:05",
    ),
    "decimal": Way({**TEXT, "pattern": "^[0-9]+([.][0-9]+)?$"}, ("1.500.000,5",), "1.500.000,5"),
    "people": Way(
        {"type": "array", "items": {"type": "object", "properties": PERSON}, "x-merge": "set", "x-total": WHOLE},
        ("Epsilon",),
        "Epsilon",
    ),
    "attachments": Way(
        {"type": "array", "items": {**TEXT, "pattern": "^[0-9a-f]{64}$"}, "uniqueItems": True, "x-merge": "set"},
        (FILE,),
        FILE,
    ),
    "object": Way({"type": "object", "properties": PLACE}, ("Zeta", "22/11/2026", "0271"), "Zeta – 22/11/2026"),
}


def invented(number: int, widgets: list[str], needed: int) -> dict[str, Any]:
    """A kind with these widgets in this order; the first `needed` of them must be filled in."""
    properties = {
        "title": labelled("tên", {**TEXT, "x-widget": "title", "x-search": "title", "x-merge": "protected"}),
        "section": labelled("chuyên mục", {**TEXT, "x-widget": "section"}),
    }
    for at, widget in enumerate(widgets):
        must = {"x-required-from": "submit"} if at < needed and widget != "check" else {}
        properties[f"f{at}"] = labelled(f"{at}", {**WAYS[widget].schema, "x-widget": widget, **must})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"loai-{number}", "type": "object",
        "x-label": {"vi": f"Loại {number}", "en": f"Kind {number}"}, "properties": properties,
    }  # fmt: skip


KINDS = st.lists(
    st.tuples(st.lists(st.sampled_from(sorted(WAYS)), min_size=1, max_size=6), st.integers(0, 3)),
    min_size=2,
    max_size=2,
)


def filled(qtbot: QtBot, kind: Kind, profile: Profile, member: Member) -> dict[str, Json]:
    """The fields that a person makes of the kind's form, with nothing but keys."""
    made = form(kind, profile, member, lang="vi")
    view = FormView()
    qtbot.addWidget(view)
    view.files_wanted.connect(lambda name: view.take_file(name, SHA256))  # as the window answers, without the dialog
    view.build(made)
    with qtbot.waitActive(view):
        view.show()
        view.activateWindow()
    for field in made.fields:
        if field.name.startswith("f"):
            type_in(view, field.name, field.widget)
    values = merged({}, view.values())
    view.close()
    return values


def type_in(view: FormView, name: str, widget: str) -> None:
    keys = WAYS[widget].keys
    if widget in {"rows", "people"}:
        add = view.findChild(QPushButton, f"field.{name}.add")
        table = view.findChild(QTableWidget, f"field.{name}")
        assert add is not None
        assert table is not None
        QTest.keyClick(add, Qt.Key.Key_Space)
        for column, text in enumerate(keys):
            table.setCurrentCell(0, column)
            QTest.keyClicks(table, text[0])
            editor = table.findChildren(QLineEdit)[-1]
            QTest.keyClicks(editor, text[1:])
            QTest.keyClick(editor, Qt.Key.Key_Return)
            QApplication.processEvents()  # the cell takes what was typed a turn later
        return
    if widget == "attachments":
        add = view.findChild(QPushButton, f"field.{name}.add")
        assert add is not None
        QTest.keyClick(add, Qt.Key.Key_Space)
        return
    opening = view.findChild(QPushButton, f"field.{name}.open")
    if widget == "object" and opening is not None:
        QTest.keyClick(opening, Qt.Key.Key_Space)
    members = {"money": ("amount", "currency"), "object": tuple(PLACE)}.get(widget, ())
    names = [f"field.{name}.{member}" for member in members] or [f"field.{name}"]
    for target, text in zip(names, keys, strict=True):
        control = view.findChild(QWidget, target)
        assert control is not None, target
        if widget == "choice":
            QTest.keyClick(control, Qt.Key.Key_Down)
        else:
            QTest.keyClicks(control, text)


def publish(homes: Path, portal: LivePortal, kind: str, fields: Mapping[str, Json]) -> tuple[EntryId, str]:
    """Through all three steps; the entry and the `<main>` that a client makes of what was approved."""
    entry = EntryId("")
    for name, command in (("ctv.vanhoa", "submit"), ("phoban1", "approve"), ("truongban", "approve")):
        with open_desk(homes / name, portal_url=portal.url) as desk:
            desk.session.sign_in(name, PASSWORD)
            desk.exchange.run()
            if command == "submit":
                entry = desk.drafting.create(kind, section=SECTION)
                if [SHA256] in fields.values():
                    assert desk.drafting.attach(entry, name=FILE, data=BYTES) == SHA256
                desk.drafting.save(entry, {**fields, "title": "Tên của mục", "section": SECTION, "la": "giữ nguyên"})
            desk.stages.give(entry, command)
            desk.exchange.run()
            content = desk.drafting.open(entry).content
            assert content is not None
            bundle = desk.library.bundle()
            assert content.fields["la"] == "giữ nguyên"  # a field of a newer portal
            main = render_main(page_context(content.as_json(), bundle["kinds"][kind], bundle["profile"]), "chuan")  # type: ignore[index,call-overload,arg-type]
    return entry, main


def check_on_a_portal(
    qtbot: QtBot, folder: Path, schemas: Mapping[str, dict[str, Any]], words: Mapping[str, list[str]]
) -> None:
    with live_portal(folder, kinds=schemas) as portal:
        with open_desk(folder / "ctv.vanhoa", portal_url=portal.url) as desk:
            desk.session.sign_in("ctv.vanhoa", PASSWORD)
            desk.exchange.run()
            kinds, me, profile = desk.library.kinds(), desk.library.me(), desk.library.profile()
        for name, schema in schemas.items():
            fields = filled(qtbot, kinds[name], profile, me)
            full = {**fields, "title": "Tên của mục", "section": SECTION}
            assert faults(kinds[name], full) == []
            assert faults_of_the_portal(parse_kind(schema), full) == ()
            entry, main = publish(folder, portal, name, fields)
            page = requests.get(f"{portal.url}/muc/{entry}", timeout=20)
            assert page.status_code == 200
            if FILE in words[name]:
                assert requests.get(f"{portal.url}/_blob/{SHA256}", timeout=20).content == BYTES
            assert main.strip() in page.text
            shown = html.unescape(re.sub(r"<[^>]+>", "\n", main))
            assert [word for word in words[name] if word not in shown] == []


# The first example is the simplest, the second anything; a failure is shown as it is: making it smaller takes a portal each.
@settings(
    max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=KINDS)
def test_random_kind_travels_from_a_form_to_its_page(
    made: list[tuple[list[str], int]], qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory
) -> None:
    schemas = {f"loai-{n}": invented(n, widgets, needed) for n, (widgets, needed) in enumerate(made)}
    words = {f"loai-{n}": [WAYS[widget].words for widget in widgets] for n, (widgets, _) in enumerate(made)}
    check_on_a_portal(qtbot, tmp_path_factory.mktemp("portal"), schemas, words)


def test_every_widget_is_a_random_kinds_too(qtbot: QtBot, tmp_path: Path) -> None:
    schema = invented(0, sorted(WAYS), len(WAYS))
    check_on_a_portal(qtbot, tmp_path, {"loai-0": schema}, {"loai-0": [way.words for way in WAYS.values()]})
