"""Guards to be taken out of the way in, each as one patch: the tests of a scenario must notice."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.editor.text import images
from desktop.editor.text.incoming import archive, docx, pasted
from tests.scenarios.removing import edit, swap


def archives_may_swell(patch: pytest.MonkeyPatch) -> None:
    """An archive is unpacked however large it says it is."""
    patch.setattr(archive, "MOST_BYTES", 10**12)
    patch.setattr(archive, "MOST_RATIO", 10**12)


def entities_are_read(patch: pytest.MonkeyPatch) -> None:
    """A part of a document may have a document type of its own."""
    patch.setattr(archive, "_DOCTYPE", re.compile(b"(?!)"))


def archives_lead_out(patch: pytest.MonkeyPatch) -> None:
    """A part of a document may be named like a file elsewhere."""
    swap(patch, archive._leads_out, lambda _name: False)


def macros_are_not_told(patch: pytest.MonkeyPatch) -> None:
    """That a document has macros is said to nobody."""
    edit(patch, docx._warnings, 'if any("vbaproject" in name.lower() for name in package.names()):', "if False:")


def pictures_of_any_size(patch: pytest.MonkeyPatch) -> None:
    """A picture is decoded however many pixels its header tells."""
    patch.setattr(images, "MOST_PIXELS", 10**12)


def drawings_come_in(patch: pytest.MonkeyPatch) -> None:
    """SVG is taken for a picture like another."""
    swap(patch, images._is_svg, lambda _data: False)


def clipboards_read_any_file(patch: pytest.MonkeyPatch) -> None:
    """What is pasted may name any file of this machine."""

    def anywhere(path: Path) -> bytes | None:
        return path.read_bytes() if path.is_file() else None

    swap(patch, pasted._temporary, anywhere)


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
