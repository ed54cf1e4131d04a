"""Names of WordprocessingML, and the three questions that are asked everywhere."""

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What "strict" documents and their programs write instead.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/picture", b"http://schemas.openxmlformats.org/drawingml/2006/picture"),
)
_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{_W}}}{name}"


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along `path`."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def val(element: etree._Element | None, *path: str, name: str = "val") -> str | None:
    """The attribute of the first descendant along `path`."""
    found = child(element, *path)
    return None if found is None else found.get(w(name))


def number(element: etree._Element | None, *path: str) -> int | None:
    text = val(element, *path)
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def is_on(element: etree._Element | None, *path: str) -> bool:
    """A property that is on by being there, unless it says otherwise."""
    found = child(element, *path)
    return found is not None and (found.get(w("val")) or "1") not in _OFF
