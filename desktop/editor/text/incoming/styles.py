"""styles.xml: what a paragraph inherits (numbering, outline level, font, bold, language) along its chain of styles."""

from collections.abc import Iterator

from lxml import etree

from desktop.editor.text.incoming.wordml import child, number, val, w

_DEEPEST = 12


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else root.findall(w("style"))
        self._by_id = {style.get(w("styleId"), ""): style for style in styles}
        self._defaults = child(root, "docDefaults", "rPrDefault", "rPr")
        self._default = next(
            (
                style
                for style in styles
                if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}
            ),
            None,
        )

    def chain(self, style_id: str | None) -> Iterator[etree._Element]:
        """The style and what it is based on; the default paragraph style for None."""
        style = self._default if style_id is None else self._by_id.get(style_id)
        for _ in range(_DEEPEST):
            if style is None:
                return
            yield style
            style = self._by_id.get(val(style, "basedOn") or "")

    def numbering(self, style_id: str | None) -> tuple[int | None, int | None, str]:
        """(numId, ilvl, the style that says so)."""
        level = None
        for style in self.chain(style_id):
            properties = child(style, "pPr", "numPr")
            if properties is None:
                continue
            level = number(properties, "ilvl") if level is None else level
            num = number(properties, "numId")
            if num is not None:
                return num, level, style.get(w("styleId"), "")
        return None, None, ""

    def outline(self, style_id: str) -> int | None:
        """0 to 8 for a heading; None for a text."""
        for style in self.chain(style_id):
            level = number(style, "pPr", "outlineLvl")
            if level is not None:
                return level if 0 <= level < len("123456789") else None
        return None

    def ids(self) -> Iterator[str]:
        return (name for name, style in self._by_id.items() if style.get(w("type")) == "paragraph")

    def name(self, style_id: str) -> str:
        return val(self._by_id.get(style_id), "name") or ""

    def font(self, run: etree._Element, paragraph_style: str | None) -> str:
        """The font of a run's letters: its own, its styles', the document's."""
        own = child(run, "rPr", "rFonts")
        styles = [*self.chain(val(run, "rPr", "rStyle") or "-"), *self.chain(paragraph_style)]
        for fonts in (own, *(child(style, "rPr", "rFonts") for style in styles), child(self._defaults, "rFonts")):
            name = None if fonts is None else fonts.get(w("ascii")) or fonts.get(w("hAnsi"))
            if name:
                return str(name)
        return ""

    def language(self) -> str:
        return val(self._defaults, "lang") or ""
