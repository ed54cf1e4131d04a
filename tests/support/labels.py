"""The labels of law in a source, or in the text of its public page: equal for both."""

import re
from collections.abc import Iterator

from desktop.domain.legal.labels import Label, LabelReader
from desktop.editor.text.html_text import plain_text
from desktop.editor.text.markup import split_raw, without_tags
from desktop.editor.text.sanitise import clean

_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read_labels(text: str) -> Iterator[Label]:
    """The labels of `text` in order, one block per line; HTML in a source is read as the page shows it."""
    reader = LabelReader()
    for block in split_raw(text.split("\n")):
        for line in plain_text(clean(block.text).html).split("\n") if block.raw else _LINE_BREAK.split(block.text):
            label = reader.read(without_tags(line))
            if label is not None:
                yield label


def label_sequence(text: str) -> list[str]:
    """The labels of `text` as written: ["Chương I", "Điều 1.", "1.", "a)", …]."""
    return [label.text for label in read_labels(text)]
