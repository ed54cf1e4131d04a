"""No decision looks at this machine's clock: what `Clock.now` says is only written down, never compared."""

import ast
from pathlib import Path

import desktop

ROOMS = ("application", "sync", "domain")
FILES = [path for room in ROOMS for path in sorted((Path(desktop.__file__).parent / room).rglob("*.py"))]


def looks_at_the_clock(node: ast.AST) -> bool:
    """Whether the clock's answer is a part of `node`, other than handed on to a function."""
    if isinstance(node, ast.Call):
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in {"now", "milliseconds"}:
            return "clock" in ast.unparse(function.value)
        return looks_at_the_clock(function)
    return any(looks_at_the_clock(inner) for inner in ast.iter_child_nodes(node))


def decisions(tree: ast.AST) -> list[ast.AST]:
    """Comparisons, arithmetic and conditions."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp):
            found.append(node)
        elif isinstance(node, ast.If | ast.While | ast.IfExp):
            found.append(node.test)
    return found


def test_the_clock_is_in_no_decision() -> None:
    guilty = [
        f"{path.name}:{getattr(node, 'lineno', 0)}: {ast.unparse(node)}"
        for path in FILES
        for node in decisions(ast.parse(path.read_text("utf-8")))
        if looks_at_the_clock(node)
    ]
    assert guilty == []


def test_a_decision_by_the_clock_would_be_seen() -> None:
    for text in (
        "if self._clock.now() > end: pass",
        "x = tools.clock.milliseconds() + 5",
        "y = 1 if clock.now() else 2",
    ):
        assert any(looks_at_the_clock(node) for node in decisions(ast.parse(text)))
    assert len(FILES) > 40
