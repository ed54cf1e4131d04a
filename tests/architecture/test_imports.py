"""Who may import whom. Each test is one sentence of the architecture; its message says why the rule is there."""

import pytest

from tests.architecture.sources import Module, modules, own_targets, report, within

# A room and the rooms it may import besides itself. The longest matching name counts; a new room needs a row.
ROOMS: dict[str, tuple[str, ...]] = {
    "desktop": (),
    "desktop.domain": (),
    "desktop.application": ("desktop.domain", "resources"),
    "desktop.store": ("desktop.domain", "desktop.application", "resources"),
    "desktop.sync": ("desktop.domain", "desktop.application", "resources"),
    "desktop.editor": (),
    "desktop.editor.text": ("desktop.domain", "resources"),
    "desktop.editor.widgets": ("desktop.domain", "desktop.editor.text", "resources"),
    "desktop.ui": ("desktop.domain", "desktop.application", "desktop.editor", "resources"),
    "desktop.settings": ("desktop.domain", "resources"),
    "desktop.logs": ("desktop.domain", "desktop.settings"),
    "desktop.wiring": (
        "desktop.domain",
        "desktop.application",
        "desktop.store",
        "desktop.sync",
        "desktop.editor.text",
        "desktop.settings",
        "desktop.logs",
        "resources",
    ),
    "desktop.cli": (
        "desktop.domain",
        "desktop.application",
        "desktop.wiring",
        "desktop.settings",
        "desktop.logs",
        "resources",
    ),
    "desktop.bootstrap": (
        "desktop.domain",
        "desktop.application",
        "desktop.editor",
        "desktop.ui",
        "desktop.wiring",
        "desktop.settings",
        "desktop.logs",
        "resources",
    ),
    "desktop.main": ("desktop.domain", "desktop.bootstrap", "desktop.settings", "desktop.logs"),
    "server_stub": ("resources",),
    "resources": (),
}


def room_of(name: str) -> str:
    return max((room for room in ROOMS if within(name, room)), key=len)


def test_every_module_lies_in_a_room_that_has_a_rule() -> None:
    strangers = [m.place for m in modules("desktop") if m.name != "desktop" and room_of(m.name) == "desktop"]
    report(
        "A module directly in desktop/ belongs to no room: put it into one, or give its room a row in ROOMS.", strangers
    )


def test_imports_go_only_in_the_drawn_direction() -> None:
    wrong = []
    for module in modules("desktop", "server_stub", "resources"):
        room = room_of(module.name)
        # `desktop` itself holds the version; everyone in it may read that.
        allowed = (room, *ROOMS[room])
        for target, item in own_targets(module):
            if target == "desktop" and room.startswith("desktop"):
                continue
            if not any(within(target, other) for other in allowed):
                wrong.append(f"{module.place}:{item.line} imports {target}")
    report(
        "domain <- application <- {store | sync}; domain <- editor.text <- editor.widgets; {domain, application, editor} <- ui; "
        "the adapters meet only in wiring. A layer that looks upwards cannot be tested or replaced alone: pass the value in, or "
        "declare a Protocol in application.ports and implement it on the outer side.",
        wrong,
    )


def test_client_and_portal_share_no_code() -> None:
    pairs = (("desktop", "server_stub"), ("server_stub", "desktop"))
    wrong = [
        f"{module.place}:{item.line} imports {target}"
        for own, other in pairs
        for module in modules(own)
        for target, item in own_targets(module)
        if within(target, other)
    ]
    report(
        "Client and portal share only resources/: with common code both would make the same mistake and agree on it.",
        wrong,
    )


def test_product_imports_nothing_of_tests_tools_or_benchmarks() -> None:
    wrong = [
        f"{module.place}:{item.line} imports {target}"
        for module in modules("desktop", "server_stub", "resources")
        for target, item in own_targets(module)
        if target.split(".")[0] in {"tests", "tools", "benchmarks"}
    ]
    report("tests, tools and benchmarks are not in the wheel: an installed program would break.", wrong)


def test_no_module_imports_itself_in_a_circle() -> None:
    circles = [" -> ".join(circle) for circle in _circles(_graph())]
    report(
        "A circle of imports means that these modules are one module, or that the common part wants a third one below both. "
        "Imports under TYPE_CHECKING count: the reader follows them too.",
        circles,
    )


def test_our_own_modules_are_imported_at_the_top() -> None:
    lazy = [
        f"{m.place}:{item.line} imports {target}" for m in modules() for target, item in own_targets(m) if item.lazy
    ]
    report(
        "An import of our own inside a function hides a circle or a wrong direction until it runs. Move it to the top; if that "
        "fails, the layering is what to mend.",
        lazy,
    )


def test_a_lazy_import_of_a_library_says_why() -> None:
    silent = [
        f"{m.place}:{item.line} imports {item.target}"
        for m in modules()
        for item in m.imports
        if item.lazy and not _commented(m, item.line)
    ]
    report(
        "An import inside a function is allowed for a heavy library only, with the reason in a comment on it or above it.",
        silent,
    )


def test_modules_are_not_imported_by_name_at_run_time() -> None:
    hidden = [
        f"{m.place}:{number}"
        for m in modules("desktop", "server_stub")
        for number, line in enumerate(m.lines, 1)
        if "import_module(" in line or "__import__(" in line
    ]
    report("import_module() and __import__() go round every rule on this page.", hidden)


@pytest.mark.parametrize("room", ["tests.journeys", "tools.run", "tools.day"])
def test_the_day_uses_keys_mouse_and_http_only(room: str) -> None:
    inner = ("desktop.application", "desktop.store", "desktop.sync")
    wrong = [
        f"{module.place}:{item.line} imports {target}"
        for module in modules("tests", "tools")
        if within(module.name, room)
        for target, item in own_targets(module)
        if any(within(target, part) for part in inner)
    ]
    report(
        "A journey that calls a use case or the store proves nothing about the window: do it as a person would.", wrong
    )


def _commented(module: Module, line: int) -> bool:
    return "#" in module.lines[line - 1] or module.lines[line - 2].lstrip().startswith("#")


def _graph() -> dict[str, set[str]]:
    return {module.name: {target for target, _ in own_targets(module)} - {module.name} for module in modules()}


def _circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Every back edge of a depth-first walk, as the path that closes it."""
    done: set[str] = set()
    found: list[list[str]] = []

    def walk(name: str, trail: list[str]) -> None:
        if name in trail:
            found.append([*trail[trail.index(name) :], name])
            return
        if name in done:
            return
        for target in sorted(graph.get(name, ())):
            walk(target, [*trail, name])
        done.add(name)

    for start in sorted(graph):
        walk(start, [])
    return found


def test_the_circle_finder_finds_a_circle() -> None:
    assert _circles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == [["b", "c", "b"]]
    assert _circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
