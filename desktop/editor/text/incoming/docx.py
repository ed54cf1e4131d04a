"""DOCX → Markdown: numbers become text, old fonts become Unicode, then mammoth makes HTML of it and we Markdown."""

import io
import posixpath
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from lxml import etree

from desktop.domain.errors import BadContent, Rule
from desktop.editor.text.incoming.archive import Package, packed, tree
from desktop.editor.text.incoming.docx_text import modernised, upper_cased
from desktop.editor.text.incoming.fences import PRIVATE, fenced
from desktop.editor.text.incoming.numbering import Label, Numbering
from desktop.editor.text.incoming.pictures import Pictures
from desktop.editor.text.incoming.result import Dialect, Imported, Note, Remark
from desktop.editor.text.incoming.styles import Styles
from desktop.editor.text.incoming.wordml import STRICT, child, is_on, w
from desktop.editor.text.incoming.writing import markdown
from desktop.editor.text.legacy.convert import UNICODE

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAIN = re.compile(r"/relationships/officeDocument$")
_LETTERHEAD = re.compile("CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|NƠI NHẬN", re.IGNORECASE)
_MOST_ROWS_OF_HEAD = 4
_NEVER = ("vbaProject", "embeddings/", "customXml/", "activeX/", "numbering.xml", "comments")
_OWN_HEADINGS = re.compile(r"heading [1-6]$", re.IGNORECASE)


def from_docx(data: bytes, dialect: Dialect) -> Imported:
    """The document's text. BadContent for a file that is broken, locked, or made to harm."""
    package = Package(data)
    names = _parts(package)
    trees = {name: _loaded(package, path) for name, path in names.items()}
    document = trees["document"]
    styles = Styles(trees.get("styles"))
    notes = list(_warnings(package, document))
    _prepare(document)
    remarks = tuple(_remarks(document, trees.get("comments")))
    notes += modernised([trees[name] for name in ("document", "footnotes", "endnotes") if name in trees], styles)
    upper_cased(document, styles)
    numbering = Numbering(trees.get("numbering"), styles, vietnamese=_is_vietnamese(document, styles))
    notes += _labelled(document, numbering)
    _unnumbered(trees.get("styles"))
    _heads_apart(document)
    pictures = Pictures()
    html, told = _html(_repacked(package, names, trees), styles, pictures)
    text = markdown(BeautifulSoup(html, "html.parser"), dialect)
    notes += [*pictures.notes, *told]
    return Imported(text, pictures.found(), remarks, tuple(notes))


def _parts(package: Package) -> dict[str, str]:
    """The parts that matter, by what they are; their names are the file's own affair."""
    main = next(
        (target for kind, target in _relations(package, "_rels/.rels") if _MAIN.search(kind)), "word/document.xml"
    )
    if not package.has(main):
        raise BadContent(Rule("import-broken"), "no document part")
    folder, name = posixpath.split(main)
    found = {"document": main}
    for kind, target in _relations(package, f"{folder}/_rels/{name}.rels"):
        what = kind.rpartition("/")[2]
        place = posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target[1:]
        if what in {"styles", "numbering", "footnotes", "endnotes", "comments"} and package.has(place):
            found[what] = place
    return found


def _relations(package: Package, name: str) -> Iterator[tuple[str, str]]:
    if package.has(name):
        for relation in package.xml(name).iter(f"{{{_RELS}}}Relationship"):
            if relation.get("TargetMode") != "External":
                yield relation.get("Type", ""), relation.get("Target", "").lstrip("/")


def _loaded(package: Package, name: str) -> etree._Element:
    package.xml(name)  # refused here, where it is dangerous
    data = package.read(name)
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    return tree(data, name)


def _warnings(package: Package, document: etree._Element) -> Iterator[Note]:
    if any("vbaproject" in name.lower() for name in package.names()):
        yield Note("import-macros")
    if any("embeddings/" in name for name in package.names()):
        yield Note("import-embedded")
    if next(document.iter(w("ins"), w("del")), None) is not None:
        yield Note("import-tracked")


def _prepare(document: etree._Element) -> None:
    """Everything twice is there once; our own private letters are nobody else's."""
    for choice in list(document.iter(f"{_MC}AlternateContent")):
        if choice.find(f"{_MC}Fallback") is not None:
            for newer in choice.findall(f"{_MC}Choice"):
                choice.remove(newer)
    for text in document.iter(w("t")):
        if text.text and PRIVATE.search(text.text):
            text.text = PRIVATE.sub("", text.text)


def _is_vietnamese(document: etree._Element, styles: Styles) -> bool:
    if styles.language().lower().startswith("vi"):
        return True
    return any(UNICODE.search(text.text or "") for text in document.iter(w("t")))


def _labelled(document: etree._Element, numbering: Numbering) -> Iterator[Note]:
    """The automatic numbers as text at the beginning of their paragraphs."""
    told = False
    for paragraph in document.iter(w("p")):
        label = numbering.label(paragraph)
        own = child(paragraph, "pPr", "numPr")
        if own is not None and own.getparent() is not None:
            own.getparent().remove(own)
        if label is None or (not label.text and not label.bullet):
            continue
        paragraph.insert(0 if child(paragraph, "pPr") is None else 1, _label_run(label, paragraph))
        if label.text.startswith("đ") and not told:
            told = True
            yield Note("import-points", {"label": label.text})


def _label_run(label: Label, paragraph: etree._Element) -> etree._Element:
    run = etree.Element(w("r"))
    first = next(paragraph.iter(w("r")), None)
    if label.bold or (is_on(first, "rPr", "b") and not label.bullet):
        etree.SubElement(etree.SubElement(run, w("rPr")), w("b"))
    text = etree.SubElement(run, w("t"))
    text.text = fenced("-" if label.bullet else label.text, level=label.level, bullet=label.bullet)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _unnumbered(root: etree._Element | None) -> None:
    for properties in [] if root is None else list(root.iter(w("numPr"))):
        parent = properties.getparent()
        if parent is not None:
            parent.remove(properties)


def _heads_apart(document: etree._Element) -> None:
    """The table that only places the letterhead, or the signature, side by side becomes its paragraphs."""
    for table in list(document.iter(w("tbl"))):
        parent = table.getparent()
        rows = table.findall(w("tr"))
        text = "".join(part.text or "" for part in table.iter(w("t")))
        if parent is None or len(rows) > _MOST_ROWS_OF_HEAD or not _LETTERHEAD.search(text):
            continue
        at = parent.index(table)
        parent.remove(table)
        paragraphs = [
            block for row in rows for cell in row.findall(w("tc")) for block in cell if block.tag != w("tcPr")
        ]
        for place, paragraph in enumerate(paragraphs):
            parent.insert(at + place, paragraph)


def _remarks(document: etree._Element, comments: etree._Element | None) -> Iterator[Remark]:
    """The comments of the document, with the words each hangs on."""
    about: dict[str, str] = {}
    open_now: set[str] = set()
    for element in document.iter(w("commentRangeStart"), w("commentRangeEnd"), w("t")):
        ident = element.get(w("id"), "")
        if element.tag == w("commentRangeStart"):
            open_now.add(ident)
        elif element.tag == w("commentRangeEnd"):
            open_now.discard(ident)
        else:
            for now in open_now:
                about[now] = about.get(now, "") + (element.text or "")
    for comment in [] if comments is None else comments.findall(w("comment")):
        lines = ("".join(text.text or "" for text in line.iter(w("t"))) for line in comment.iter(w("p")))
        text = "\n".join(line for line in lines if line)
        yield Remark(comment.get(w("author"), ""), text, about.get(comment.get(w("id"), ""), "").strip())


def _repacked(package: Package, names: dict[str, str], trees: dict[str, etree._Element]) -> bytes:
    """The document without what is never wanted, with our trees in place of its own."""
    ours = {names[name]: etree.tostring(root, encoding="UTF-8", xml_declaration=True) for name, root in trees.items()}
    kept = {name: package.read(name) for name in package.names() if not any(part in name for part in _NEVER)}
    for name, part in kept.items():
        if name.endswith((".xml", ".rels")) and name not in ours:
            tree(part, name)
    return packed(kept | {name: data for name, data in ours.items() if name in kept})


def _html(data: bytes, styles: Styles, pictures: Pictures) -> tuple[str, list[Note]]:
    # A quarter of a second at the start of a process that may import something else.
    import mammoth  # noqa: PLC0415  as the comment says

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(pictures.of_mammoth),
            style_map=_style_map(styles),
            include_embedded_style_map=False,
            external_file_access=False,
            id_prefix="",
        )
    except BadContent:
        raise
    except RecursionError as error:
        raise BadContent(Rule("import-broken"), "nested too deep") from error
    except (KeyError, ValueError, AttributeError, IndexError, TypeError, OSError) as error:
        raise BadContent(Rule("import-broken"), f"mammoth: {error!r}") from error
    lost = sorted({message.message for message in result.messages if "image" in message.message.lower()})
    return str(result.value), [Note("import-lost", {"what": text}) for text in lost]


def _style_map(styles: Styles) -> str:
    """Headings by their outline level, whatever the style is called; the table of contents is made anew by the page."""
    rules = [
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Quote'] => blockquote > p:fresh",
        "br[type='page'] => ",
    ]
    rules += [f"p[style-name='toc {level}'] => !" for level in range(1, 10)]
    for ident in styles.ids():
        level, name = styles.outline(ident), styles.name(ident)
        if level is not None and not _OWN_HEADINGS.match(name) and "'" not in name and "\\" not in name and name:
            rules.append(f"p[style-name='{name}'] => h{min(level + 1, 6)}:fresh")
    return "\n".join(rules)
