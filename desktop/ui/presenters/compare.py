"""Word by word, what changed between two pages: the new page with `<del>` and `<ins>` around words, its tags untouched.

Blocks are paired first, so that a long legal text costs the square of what changed and not of its length.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_BLOCK_END = re.compile(r"(?<=</p>)|(?<=</h[1-6]>)|(?<=</li>)|(?<=</tr>)|(?<=</div>)|(?<=</dd>)|(?<=</dt>)|(?<=</td>)")
_TOKEN = re.compile(r"<[^>]*>|&[#\w]+;|\w+|\s+|[^\w\s<&]+|[<&]")
_TOO_MUCH = (
    4_000_000  # pairs of words: above this (about 2,000 changed words at once) a block is shown as replaced whole
)
_BREAKS = re.compile(r"</(?:p|h[1-6]|li|tr|div|dd|dt|blockquote)>|<br\s*/?>")


def compared(before: str, after: str) -> str:
    """`after` with what it took out of `before` struck and what it added marked. Both are sanitised HTML."""
    old, new = _blocks(before), _blocks(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    parts: list[str] = []
    for tag, low, high, start, end in matcher.get_opcodes():
        parts.append(
            "".join(new[start:end]) if tag == "equal" else _words("".join(old[low:high]), "".join(new[start:end]))
        )
    return "".join(parts)


def changes(page: str) -> int:
    """How many places of a compared page differ."""
    return len(re.findall(r"<ins>|<del>(?!(?:(?!</del>).)*</del>\s*<ins>)", page))


def _blocks(page: str) -> list[str]:
    return [block for block in _BLOCK_END.split(page) if block]


def _words(before: str, after: str) -> str:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _TOO_MUCH:
        return _removed(old) + "".join(_added(new))
    parts: list[str] = []
    for tag, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.extend(new[start:end])
            continue
        struck = _removed(old[low:high])
        parts.append(f"{struck} " if struck and tag == "replace" else struck)
        parts.extend(_added(new[start:end]))
    return "".join(parts)


def _removed(tokens: Sequence[str]) -> str:
    """The words of `tokens` struck; tags fall away, but the end of a block stays visible as a line break."""
    words = "".join(
        "\n" if _BREAKS.fullmatch(token) else "" if _is_tag(token) else " " if token.isspace() else token
        for token in tokens
    )
    return "<br>".join(f"<del>{line}</del>" for line in words.split("\n") if line.strip())


def _added(tokens: Sequence[str]) -> Iterator[str]:
    """`tokens` with every run of words marked; tags stand outside the marks, so that the page stays well formed."""
    run: list[str] = []
    for token in [*tokens, ""]:
        if token and not _is_tag(token):
            run.append(token)
            continue
        words = "".join(run)
        yield f"<ins>{words}</ins>" if words.strip() else words
        run = []
        yield token


def _is_tag(token: str) -> bool:
    return token.startswith("<") and len(token) > 1
