"""The forms in which a legal document goes out, by the ending of their files."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from desktop.domain.legal.extract import extract
from desktop.domain.legal.sheet import Sheet, sheets
from desktop.editor.text.exports.akoma import akoma
from desktop.editor.text.exports.pdf import pdf
from desktop.editor.text.exports.plain import plain
from desktop.editor.text.exports.word import word

Facts = Mapping[str, str]

_MAKERS: Final[Mapping[str, Callable[[Sequence[Sheet], Facts], bytes]]] = {
    "txt": lambda laid, _facts: plain(laid).encode(),
    "docx": lambda laid, _facts: word(laid),
    "pdf": lambda laid, _facts: pdf(word(laid)),
    "akn": akoma,
}
FORMS: Final = tuple(_MAKERS)


def export(text: str, facts: Facts, *, form: str) -> bytes:
    """The document in one of FORMS. What `facts` does not say of it, it says itself."""
    return _MAKERS[form](sheets(text), {**extract(text).facts.plain, **facts})
