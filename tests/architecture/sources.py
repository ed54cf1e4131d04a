"""What the architecture tests look at: every Python file of this repository, parsed once, with its imports.

Only `ast` is used: nothing is imported or run.
"""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("desktop", "server_stub", "resources")
ALL = (*PRODUCT, "tools", "benchmarks", "tests")


@dataclass(frozen=True)
class Import:
    """One imported module or name; `target` is the dotted path as written, `lazy` = inside a function."""

    target: str
    line: int
    lazy: bool


@dataclass(frozen=True)
class Module:
    name: str
    path: Path
    text: str
    tree: ast.Module
    imports: tuple[Import, ...]

    @property
    def place(self) -> str:
        """Path relative to the root, as printed in messages."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or lies in it."""
    return name == package or name.startswith(package + ".")


@functools.cache
def modules(*packages: str) -> tuple[Module, ...]:
    """All modules of the packages named (default: everything of ours), by name."""
    found = [_parse(path) for package in packages or ALL for path in sorted((ROOT / package).rglob("*.py"))]
    return tuple(found)


@functools.cache
def names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def own_targets(module: Module) -> Iterator[tuple[str, Import]]:
    """The imports of our own modules as existing module names: `from a.b import c` is `a.b.c` where that is a module, else `a.b`."""
    for item in module.imports:
        if item.target.split(".")[0] not in ALL:
            continue
        target = item.target
        if target not in names() and target.rpartition(".")[0] in names():
            target = target.rpartition(".")[0]
        yield target, item


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called_name(node: ast.Call) -> str:
    """The last part of what is called: `time.sleep(1)` gives "sleep"."""
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def report(rule: str, offenders: list[str]) -> None:
    """Fails with the rule in words and where it is broken."""
    assert not offenders, f"{rule}\n  " + "\n  ".join(sorted(offenders))


@functools.cache
def _parse(path: Path) -> Module:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    package = name if is_package else name.rpartition(".")[0]
    return Module(name, path, text, tree, tuple(_imports(tree, package=package, lazy=False)))


def _imports(node: ast.AST, *, package: str, lazy: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, lazy)
        elif isinstance(child, ast.ImportFrom):
            base = _base(child, package)
            for alias in child.names:
                yield Import(f"{base}.{alias.name}", child.lineno, lazy)
        else:
            inner = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from _imports(child, package=package, lazy=inner)


def _base(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, *([node.module] if node.module else [])])
