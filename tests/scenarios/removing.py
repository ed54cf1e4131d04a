"""Takes a guard out of the product for the length of a test: a function runs with one piece of its source exchanged."""

import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import pytest

PRODUCT = ("desktop", "server_stub", "tests")


class StaleGuardError(Exception):
    """The source no longer holds the guard that was to be removed."""


def edit(
    patch: pytest.MonkeyPatch,
    function: Callable[..., Any],
    old: str,
    new: str,
    *,
    also: Mapping[str, str] | None = None,
) -> None:
    """`function` with `old`, which must stand in it exactly once, as `new`; `also`: more of them."""
    honest: Any = inspect.unwrap(function)
    source = textwrap.dedent(inspect.getsource(honest))
    for before, after in {old: new, **(also or {})}.items():
        if source.count(before) != 1:
            raise StaleGuardError(f"{honest.__qualname__} holds {source.count(before)} times: {before}")
        source = source.replace(before, after)
    found: dict[str, Any] = {}
    code = compile(source, inspect.getsourcefile(honest) or "", "exec")
    exec(code, honest.__globals__, found)  # noqa: S102  our own source, but for one guard
    swap(patch, function, found[honest.__name__])


def swap(patch: pytest.MonkeyPatch, function: Callable[..., Any], new: Callable[..., Any]) -> None:
    """`new` for `function`: in its class, or in every module that has it under some name."""
    honest: Any = inspect.unwrap(function)
    owner, _, name = honest.__qualname__.rpartition(".")
    if owner:
        patch.setattr(getattr(sys.modules[honest.__module__], owner), name, new)
        return
    for module in [module for key, module in sys.modules.items() if key.partition(".")[0] in PRODUCT]:
        for alias, value in list(vars(module).items()):
            if value is function:
                patch.setattr(module, alias, new)
