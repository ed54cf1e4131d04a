"""HTML of the clipboard or of a file (Word, LibreOffice, browsers) → Markdown: only what was meant, nothing of how it looked."""

import base64
import binascii
import re
import tempfile
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit
from urllib.request import url2pathname

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString

from desktop.domain.errors import BadContent, Rule
from desktop.editor.text.incoming.fences import PRIVATE, fenced
from desktop.editor.text.incoming.look import Look, apply_look
from desktop.editor.text.incoming.pictures import Pictures
from desktop.editor.text.incoming.result import Dialect, Imported, Note
from desktop.editor.text.incoming.rtf import html_of
from desktop.editor.text.incoming.runs import Run, doubts, in_unicode
from desktop.editor.text.incoming.writing import markdown
from desktop.editor.text.legacy.convert import to_unicode

MOST_CHARACTERS = 20_000_000
_CONDITIONS = re.compile(r"<!\[(?:if|endif)[^\]]*\]>", re.IGNORECASE)
_FRAGMENT = re.compile(r"<!--\s*StartFragment\s*-->(.*)<!--\s*EndFragment\s*-->", re.DOTALL)
_STYLES = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_NOT_WANTED = (
    "script", "style", "head", "title", "meta", "link", "iframe", "object", "embed", "svg", "math", "noscript", "template",
    "xml", "input", "button", "select", "textarea", "video", "audio", "map", "base",
)  # fmt: skip
_BLOCKS = frozenset(
    "p div li td th h1 h2 h3 h4 h5 h6 blockquote pre dt dd caption figcaption body table tr ul ol section article".split()
)
_LEVEL = re.compile(r"level([0-9])")
_BULLET = re.compile(r"[\W_]|o|n|q|v|w", re.DOTALL)  # one sign, or a letter of a font of signs
_NOTE_SIGN = re.compile(r"#_?(?:ftn|edn|sdfootnote|sdendnote)(?P<id>[0-9]+)(?:sym)?$")
_NOTE_BACK = re.compile(r"#_?(?:ftnref|ednref|sd(?:foot|end)note[0-9]+anc)")
_NOTE_BODY = re.compile(r"(?:ftn|edn|sdfootnote|sdendnote)(?P<id>[0-9]+)$")
_LOOSE = re.compile(r"(?<![0-9])\xa0|\xa0(?![^\W\d_])")


def from_paste(text: str, *, html: str, rtf: bytes, dialect: Dialect) -> Imported:
    """What a clipboard holds, by the best of its forms; `text` is what stands in the editor already."""
    if html.strip():
        return from_html(html, dialect)
    if rtf:
        return from_html(html_of(rtf), dialect)
    made = to_unicode(text)
    return Imported(made.text, notes=doubts(made))


def from_html(html: str, dialect: Dialect) -> Imported:
    """The text of `html`. BadContent when it is too large or nested beyond sense."""
    if len(html) > MOST_CHARACTERS:
        raise BadContent(Rule("import-too-large", params={"limit": f"{MOST_CHARACTERS // 10**6} MB"}))
    look = Look.of("\n".join(_STYLES.findall(html)))
    fragment = _FRAGMENT.search(html)
    source = PRIVATE.sub("", _CONDITIONS.sub("", fragment[1] if fragment else html))
    pictures = Pictures()
    try:
        soup = BeautifulSoup(source, "lxml")
        _cut(soup)
        notes = _modernised(soup, look)
        _labelled(soup)
        apply_look(soup, look)
        _footnotes(soup)
        notes += _placed(soup, pictures)
        text = markdown(soup, dialect)
    except RecursionError as error:
        raise BadContent(Rule("import-broken"), "nested too deep") from error
    return Imported(text, pictures.found(), notes=(*notes, *pictures.notes))


def _cut(soup: BeautifulSoup) -> None:
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for element in soup.find_all(list(_NOT_WANTED)):
        element.decompose()
    for element in soup.find_all(name=True):
        style = str(element.get("style") or "").replace(" ", "").lower()
        if "display:none" in style or "mso-hide:all" in style or element.has_attr("hidden"):
            element.decompose()
        elif ":" in element.name:
            element.unwrap()  # o:p, w:sdt, st1:place: their text stays


def _modernised(soup: BeautifulSoup, look: Look) -> list[Note]:
    """Old text becomes Unicode, paragraph by paragraph, each run by its font."""
    blocks: dict[int, list[NavigableString]] = {}
    for text in soup.find_all(string=True):
        block = next((parent for parent in text.parents if parent.name in _BLOCKS), soup)
        blocks.setdefault(id(block), []).append(text)
    paragraphs: list[list[Run]] = [[(str(text), look.font(text)) for text in texts] for texts in blocks.values()]
    if all(text.isascii() for runs in paragraphs for text, _ in runs):
        return []
    read = in_unicode(paragraphs)
    for texts, made in zip(blocks.values(), read.paragraphs, strict=True):
        for text, now in zip(texts, made, strict=True):
            text.replace_with(NavigableString(_LOOSE.sub(" ", now)))
    return list(read.notes)


def _labelled(soup: BeautifulSoup) -> None:
    """Word shows the number of a list in a span that it asks others to ignore: it is the only place where the number stands."""
    for element in soup.find_all(style=True):
        style = str(element.get("style") or "").replace(" ", "").lower()
        if "mso-list:ignore" in style:
            label = element.get_text().replace("\xa0", " ").strip()
            paragraph = element.find_parent(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6"])
            outer = str(paragraph.get("style") or "") if paragraph is not None else ""
            level = _LEVEL.search(outer)
            is_bullet = len(label) == 1 and _BULLET.match(label) is not None
            place = int(level[1]) - 1 if level else 0
            element.replace_with(NavigableString(fenced(label, level=max(place, 0), bullet=is_bullet) if label else ""))


def _footnotes(soup: BeautifulSoup) -> None:
    """Word's and LibreOffice's footnotes as mammoth writes them, which `writing` knows."""
    for link in soup.find_all("a", href=True):
        href = str(link["href"]).rpartition("/")[2]
        sign = _NOTE_SIGN.search(href)
        if _NOTE_BACK.search(href) or (sign and link.find_parent(id=_NOTE_BODY)):
            link.decompose()
        elif sign:
            link["href"] = f"#footnote-{sign['id']}"
            if link.parent is not None and link.parent.name != "sup":
                link.wrap(soup.new_tag("sup"))
    for body in soup.find_all(id=_NOTE_BODY):
        found = _NOTE_BODY.search(str(body["id"]))
        body.name = "li"
        body["id"] = f"footnote-{found['id']}" if found else ""


def _placed(soup: BeautifulSoup, pictures: Pictures) -> list[Note]:
    """Pictures that came along are kept; one that would have to be fetched is told and left."""
    notes = []
    for image in soup.find_all("img"):
        source = str(image.get("src") or "").strip()
        data = _bytes_of(source)
        if source.startswith("/_blob/"):
            continue
        if data is None:
            if source:
                notes.append(Note("import-remote-picture", {"address": source[:120]}))
            image.decompose()
            continue
        image["src"] = pictures.add(data, name=unquote(urlsplit(source).path) if source.startswith("file:") else "",
                                    alt=str(image.get("alt") or ""))  # fmt: skip
    return notes


def _bytes_of(source: str) -> bytes | None:
    """What a `data:` address holds, or a `file:` of the clipboard's own; nothing is fetched from anywhere else."""
    if source.lower().startswith("data:image/"):
        head, _, body = source.partition(",")
        try:
            return base64.b64decode(unquote(body)) if head.lower().endswith(";base64") else unquote_to_bytes(body)
        except (binascii.Error, ValueError):
            return None
    parts = urlsplit(source) if source.lower().startswith("file:") else None
    if parts is None or parts.netloc not in {"", "localhost"}:
        return None
    return _temporary(Path(url2pathname(parts.path)))


def _temporary(path: Path) -> bytes | None:
    """A file in the system's temporary folder, where programs put what they copy: a page may name any other file too."""
    try:
        real = path.resolve()
        if real.is_relative_to(Path(tempfile.gettempdir()).resolve()) and real.is_file():
            return real.read_bytes()
    except (OSError, ValueError):
        return None
    return None
