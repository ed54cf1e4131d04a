"""What HTML says by its looks alone: bold and italic spans, raised letters, fonts, whether of an element or of its class."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:^|,)\s*[a-z0-9]*\.([\w-]+)\s*(?=,|$)", re.IGNORECASE)
_FONT = re.compile(r"(?<![\w-])(?:font-family|mso-ascii-font-family)\s*:\s*([^;}]+)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight:(?:bold|bolder|[6-9]00)")
_LIGHT = re.compile(r"font-weight:(?:normal|[1-5]00)")
_UPRIGHT = re.compile(r"font-style:normal")
_MEANT = (
    (re.compile(r"font-style:(?:italic|oblique)"), "em"),
    (re.compile(r"text-decoration(?:-line)?:[^;]*line-through"), "s"),
    (re.compile(r"vertical-align:super"), "sup"),
    (re.compile(r"vertical-align:sub"), "sub"),
)
_MERGED = ("strong", "em", "b", "i")


@dataclass(frozen=True)
class Look:
    """`classes`: the declarations of a class, as the style sheet of the fragment has them."""

    classes: Mapping[str, str]

    @classmethod
    def of(cls, sheet: str) -> "Look":
        found: dict[str, str] = {}
        for selectors, declared in _RULE.findall(sheet):
            for name in _CLASS.findall(selectors.strip()):
                found[name] = found.get(name, "") + ";" + declared
        return cls(found)

    def font(self, text: PageElement) -> str:
        """The first font named round `text`; "" for none."""
        for parent in text.parents:
            face = parent.get("face")
            found = _FONT.search(self.declared(parent))
            if found:
                return str(found[1]).split(",")[0].strip("\"' ").replace("&quot;", "")
            if face:
                return str(face)
        return ""

    def declared(self, element: Tag) -> str:
        classes = element.get("class")
        names = classes if isinstance(classes, list) else str(classes or "").split()
        return ";".join([str(element.get("style") or ""), *(self.classes.get(name, "") for name in names)])


def apply_look(soup: BeautifulSoup, look: Look) -> None:
    """Elements for what only a style said; elements that a style takes back go; bold beside bold is one."""
    for element in soup.find_all(["span", "font", "b", "strong", "i", "em"]):
        style = look.declared(element).replace(" ", "").lower()
        taken_back = _LIGHT if element.name in {"b", "strong"} else _UPRIGHT if element.name in {"i", "em"} else None
        if taken_back is not None:
            if taken_back.search(style):
                element.unwrap()
            continue
        if _BOLD.search(style) and element.find_parent(["b", "strong", "th", "h1", "h2", "h3"]) is None:
            element.wrap(soup.new_tag("strong"))
        for pattern, name in _MEANT:
            if pattern.search(style) and element.find_parent(name) is None:
                element.wrap(soup.new_tag(name))
        element.unwrap()
    for paragraph in soup.find_all("p", class_="MsoTitle"):
        paragraph.name = "h1"
    for name in _MERGED:
        for element in soup.find_all(name):
            _merge(element)


def _merge(element: Tag) -> None:
    while isinstance(after := element.next_sibling, Tag) and after.name == element.name:
        for node in list(after.children):
            element.append(node)
        after.decompose()
