"""The corpus and its scorer know nothing of the product, or they would share its mistakes."""

import sys

from tests.architecture.sources import modules, report


def test_the_corpus_imports_itself_and_the_standard_library_only() -> None:
    wrong = [
        f"{module.place}:{item.line} imports {item.target}"
        for module in modules("tests/legal_corpus")
        if not module.path.name.startswith("test_")
        for item in module.imports
        if not item.target.startswith("tests.legal_corpus") and item.target.split(".")[0] not in sys.stdlib_module_names
    ]
    report("A truth that the parser's own code helped to make proves nothing about the parser.", wrong)
