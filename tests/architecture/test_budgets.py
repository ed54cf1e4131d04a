"""How large a file, a function and a class may grow before it must be split."""

import ast
import statistics

from tests.architecture.sources import PRODUCT, ROOT, functions, modules, report

FILE_LINES = 400
MEDIAN_LINES = 120
NINETY_FIFTH_LINES = 350
FUNCTION_LINES = 50
PUBLIC_METHODS = 15

# What may be larger, with the reason: "desktop/a/b.py" or "desktop/a/b.py:function" -> "why". Kept empty.
EXCEPTIONS: dict[str, str] = {}

PAGES = ("*.css", "*.html", "*.qss", "*.j2", "*.js", "*.sh")


def _long_files() -> dict[str, str]:
    lengths = {module.place: len(module.lines) for module in modules()}
    lengths["dev"] = len((ROOT / "dev").read_text(encoding="utf-8").splitlines())
    for pattern in PAGES:
        for path in (ROOT / "resources").rglob(pattern):
            lengths[path.relative_to(ROOT).as_posix()] = len(path.read_text(encoding="utf-8").splitlines())
    return {place: f"{place}: {count} lines" for place, count in lengths.items() if count > FILE_LINES}


def _long_functions() -> dict[str, str]:
    found = {}
    for module in modules():
        for node in functions(module.tree):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found[f"{module.place}:{node.name}"] = f"{module.place}:{node.lineno} {node.name}(): {length} lines"
    return found


def _wide_classes() -> dict[str, str]:
    found = {}
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.ClassDef):
                continue
            public = {f.name for f in node.body if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)}
            public = {name for name in public if not name.startswith(("_", "test_"))}  # tests are not an interface
            if len(public) > PUBLIC_METHODS:
                found[f"{module.place}:{node.name}"] = (
                    f"{module.place}:{node.lineno} {node.name}: {len(public)} public methods"
                )
    return found


def _not_excused(found: dict[str, str]) -> list[str]:
    return [text for key, text in found.items() if key not in EXCEPTIONS]


def test_no_file_is_longer_than_400_lines() -> None:
    report(
        f"A file over {FILE_LINES} lines holds two ideas: split it where its names change subject.",
        _not_excused(_long_files()),
    )


def test_no_function_is_longer_than_50_lines() -> None:
    report(
        f"A function over {FUNCTION_LINES} lines cannot be read in one look: name its steps.",
        _not_excused(_long_functions()),
    )


def test_no_class_has_more_than_15_public_methods() -> None:
    report(
        f"A class with over {PUBLIC_METHODS} public methods serves several callers: give each its own (a window is made of panels and "
        "presenters, a store of repositories).",
        _not_excused(_wide_classes()),
    )


def test_half_of_the_products_files_fit_on_three_screens() -> None:
    lengths = sorted(len(module.lines) for module in modules(*PRODUCT) if module.text.strip())
    median, high = statistics.median(lengths), lengths[int(len(lengths) * 0.95)]
    assert median <= MEDIAN_LINES, (
        f"median file is {median} lines, wanted <= {MEDIAN_LINES}: the last pieces were cut too large"
    )
    assert high <= NINETY_FIFTH_LINES, f"the 95th percentile is {high} lines, wanted <= {NINETY_FIFTH_LINES}"


def test_every_exception_is_needed_and_has_a_reason() -> None:
    found = {**_long_files(), **_long_functions(), **_wide_classes()}
    idle = [
        f"{key}: {'no longer too large' if reason else 'no reason'}"
        for key, reason in EXCEPTIONS.items()
        if not reason or key not in found
    ]
    report("The list of exceptions is kept empty: remove what no longer applies.", idle)
