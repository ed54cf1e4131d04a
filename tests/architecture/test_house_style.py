"""Habits of this code base that no linter knows."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ALL, PRODUCT, ROOT, called_name, modules, report

DRAWERS = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common|stuff)$")
BANNER = re.compile(r"copyright|licensed under|permission is hereby|all rights reserved", re.IGNORECASE)
FIRST_LINES = 4
POSITIONAL = 2


def test_modules_are_named_for_what_they_hold() -> None:
    drawers = [m.place for m in modules() if any(DRAWERS.search(part) for part in m.name.split("."))]
    report(
        "A module called utils, helpers, manager or misc collects whatever has no home: name what is in it.", drawers
    )


def test_every_module_starts_with_its_idea() -> None:
    wrong = []
    for module in modules():
        if not module.text.strip():
            continue  # an empty __init__.py says nothing and needs nothing
        doc = ast.get_docstring(module.tree)
        first = doc.split("\n\n")[0] if doc else ""
        if not first or len(first.splitlines()) > FIRST_LINES:
            wrong.append(module.place)
    report(
        f"The first thing in a file is a docstring whose first paragraph (1 to {FIRST_LINES} lines) says what it is for.",
        wrong,
    )


def test_no_file_opens_with_a_licence() -> None:
    wrong = [m.place for m in modules() if BANNER.search("\n".join(m.lines[:15])) and "test_house_style" not in m.name]
    report("The licence is in LICENSE; the first screen of a file is its idea.", wrong)


def test_no_test_waits_by_sleeping() -> None:
    waits = {"sleep", "qSleep", "qWait", "msleep", "usleep"}
    wrong = []
    for module in modules("tests"):
        if module.name == "tests.support.poll":
            continue  # the one bounded poll
        calls = (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))
        wrong += [f"{module.place}:{c.lineno}" for c in calls if called_name(c) in waits or _is_qtbot_wait(c)]
    report(
        "A sleep makes a race rarer and the suite slower. Wait for the fact: a signal (qtbot.waitSignal), a condition "
        "(qtbot.waitUntil, tests.support.poll.until), an event.",
        wrong,
    )


def test_no_word_to_translate_stands_in_an_f_string() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules("desktop")
        for text in ast.walk(module.tree)
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and called_name(node) in {"translate", "tr"}
    ]
    report("lupdate does not look into f-strings: the word would stay English, and nobody would be told.", wrong)


def test_the_product_never_sleeps() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules("desktop", "server_stub")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called_name(node) == "sleep"
    ]
    report(
        "A sleeping thread cannot be woken to quit or to work: wait on an Event with a timeout, or use a timer.", wrong
    )


def test_no_test_mocks() -> None:
    wrong = [
        f"{m.place}:{item.line} imports {item.target}"
        for m in modules("tests")
        for item in m.imports
        if item.target.startswith(("unittest.mock", "mock", "pytest_mock", "responses", "vcr"))
    ]
    report(
        "A mock repeats what the code says; a fake of ten lines under the adapter's contract suite can be wrong, and is caught.",
        wrong,
    )


def test_no_test_is_retried_or_skipped_for_being_flaky() -> None:
    wrong = [
        f"{m.place}:{number}"
        for m in modules("tests")
        for number, line in enumerate(m.lines, 1)
        if re.search(r"@(pytest\.mark\.)?flaky|reruns=", line) and "test_house_style" not in m.name
    ]
    report("A test that fails sometimes has found something: find it too.", wrong)


def test_values_that_cross_layers_are_frozen() -> None:
    wrong = []
    for module in modules("desktop/domain", "desktop/application"):
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                wrong += [
                    f"{module.place}:{node.lineno} {node.name}" for d in node.decorator_list if _is_thawed_dataclass(d)
                ]
    report("A dataclass that another thread or layer holds must not change under it: @dataclass(frozen=True).", wrong)


def test_arguments_past_the_second_are_keywords_unless_their_types_differ() -> None:
    rooms = (
        "desktop/domain",
        "desktop/application",
        "desktop/store",
        "desktop/sync",
        "desktop/editor/text",
        "server_stub",
    )
    wrong = []
    for module in modules(*rooms):
        for node in _public_functions(module.tree):
            arguments = [a for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in {"self", "cls"}]
            types = [ast.unparse(a.annotation) if a.annotation else "" for a in arguments]
            alike = len(set(types)) < len(types)
            if len(arguments) > POSITIONAL and alike:
                wrong.append(f"{module.place}:{node.lineno} {node.name}({', '.join(a.arg for a in arguments)})")
    report("Of three positional values two of one type get swapped one day: put `*` after the second.", wrong)


def test_nothing_needs_a_folder_outside_the_repository() -> None:
    outside = "/work" + "/"
    texts = [path for part in (*ALL, "docs", "requirements") for path in (ROOT / part).rglob("*") if path.is_file()]
    texts += [ROOT / name for name in ("dev", "pyproject.toml", ".ci/run", "README.md") if (ROOT / name).exists()]
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in texts
        if path.suffix not in {".pyc", ".png", ".qm", ".woff2", ".ttf"}
        and outside in path.read_text(encoding="utf-8", errors="replace")
    ]
    report("A clone on a bare machine has only what is in it.", wrong)


def test_the_product_has_no_open_ends() -> None:
    marks = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    wrong = [f"{m.place}:{n}" for m in modules(*PRODUCT) for n, line in enumerate(m.lines, 1) if marks.search(line)]
    report("Open work is an issue with an owner, not a comment.", wrong)


def _public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Of the module and of its classes; a function inside a function answers to whoever calls it back."""
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    for node in (node for body in bodies for node in body):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def _is_qtbot_wait(node: ast.Call) -> bool:
    match node.func:
        case ast.Attribute(attr="wait", value=ast.Name(id="qtbot")):
            return True
    return False


def _is_thawed_dataclass(decorator: ast.expr) -> bool:
    match decorator:
        case ast.Name(id="dataclass") | ast.Attribute(attr="dataclass"):
            return True
        case ast.Call(func=ast.Name(id="dataclass") | ast.Attribute(attr="dataclass"), keywords=keywords):
            return not any(
                k.arg == "frozen" and isinstance(k.value, ast.Constant) and k.value.value is True for k in keywords
            )
    return False
