"""Two states of a legal text, Điều by Điều: what is new, gone, moved to another number or worded otherwise; the rest is one line.

Articles are paired by their titles first, so that one more in the middle does not make all that follow look changed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from desktop.editor.text.outline import outline
from desktop.ui.presenters.compare import compared
from desktop.ui.presenters.words import Translate

_ARTICLE = 4  # the depth of a Điều in an outline
_LABEL = re.compile(r"(?P<label>Điều\s+\S+?)[.:,]?(?:\s+|$)(?P<title>.*)", re.DOTALL)
_DECORATION = re.compile(r"^[\s#*_]+|[\s#*_]+$")


@dataclass(frozen=True)
class Article:
    """`label` is "Điều 5", "" for what stands before the first one; `part` counts the texts in a text that begin anew at Điều 1."""

    part: int
    label: str
    title: str
    body: str

    @property
    def key(self) -> str:
        return " ".join(self.title.casefold().split()) or f"{self.part} {self.label}"


def articles(text: str) -> tuple[Article, ...]:
    """What stands before the first Điều, then each Điều to the next one."""
    lines = text.split("\n")
    starts = [item.line for item in outline(text, "legal") if item.depth == _ARTICLE]
    made = [Article(0, "", "", "\n".join(lines[: starts[0] if starts else len(lines)]).strip())]
    part = 0
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _LABEL.match(_DECORATION.sub("", lines[start]))
        label, title = (match["label"], match["title"].strip()) if match else (lines[start].strip(), "")
        part += label.split()[-1] == "1"
        made.append(Article(part, label, title, "\n".join(lines[start + 1 : end]).strip()))
    return tuple(made)


def pairs(before: Sequence[Article], after: Sequence[Article]) -> Iterator[tuple[Article | None, Article | None]]:
    """Each article with what it was or became, in the order of the new text; None on the side where there is none."""
    matcher = SequenceMatcher(None, [one.key for one in before], [one.key for one in after], autojunk=False)
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(before[low:high], after[start:end], strict=True)
            continue
        gone = {(one.part, one.label): one for one in before[low:high]}
        for one in after[start:end]:
            yield gone.pop((one.part, one.label), None), one
        yield from ((one, None) for one in gone.values())


def by_article(before: str, after: str, translate: Translate) -> str:
    """The page: every article that differs under its state, with its words compared; runs of the others in one line."""
    parts: list[str] = []
    alike: list[Article] = []
    for old, new in pairs(articles(before), articles(after)):
        if old is not None and new is not None and (old.label, old.title, old.body) == (new.label, new.title, new.body):
            alike += [new] if new.label or new.body else []
            continue
        parts += [*_alike(alike, translate), _changed(old, new, translate)]
        alike = []
    return "".join([*parts, *_alike(alike, translate)])


def _alike(run: Sequence[Article], translate: Translate) -> Iterator[str]:
    labels = [one.label or translate("Versions", "beginning") for one in run]
    if labels:
        said = labels[0] if len(labels) == 1 else f"{labels[0]} – {labels[-1]}"
        words = translate("Versions", "{articles}: unchanged")
        yield f'<p class="nhat">{escape(words.format(articles=said))}</p>'


def _changed(old: Article | None, new: Article | None, translate: Translate) -> str:
    one = new or old
    if one is None:
        return ""
    if old is None:
        state = translate("Versions", "new")
    elif new is None:
        state = translate("Versions", "gone")
    elif old.label != new.label:
        state = translate("Versions", "was {article}").format(article=old.label)
    else:
        state = translate("Versions", "changed")
    label = one.label or translate("Versions", "beginning")
    head = f"<h3>{escape(label)} — {escape(state)}</h3>"
    return head + compared(_blocks(old), _blocks(new))


def _blocks(article: Article | None) -> str:
    if article is None:
        return ""
    texts = [article.title, *article.body.split("\n")]
    return "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts if text.strip())
