"""Spelling and form of a text line by line, remembered so that a key costs one line; then what only the whole text shows."""

from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.checks.citations import Register, citations
from desktop.domain.checks.law import law_findings
from desktop.domain.checks.leftovers import leftovers
from desktop.domain.finding import Finding
from desktop.editor.text.form import malformed
from desktop.editor.text.spelling import misspelt
from desktop.editor.text.suggestions import prepare, suggest
from desktop.editor.text.vocabulary import Vocabulary, shipped_register
from desktop.editor.text.words import blanked, words

_KEPT = 50_000
_FENCES = ("```", "~~~")


class Proofreader:
    """For one vocabulary and one register of acts. May be called from any thread, one at a time."""

    def __init__(self, known: Vocabulary, register: Register | None = None) -> None:
        self.known = known
        self._register = shipped_register() if register is None else register
        self._read: dict[str, tuple[Finding, ...]] = {}

    def lines(self, text: str) -> Mapping[str, tuple[Finding, ...]]:
        """Each line of `text` in which something was found, and what, with places in the line."""
        prepare()
        return {line: found for _, line in _prose(text) if (found := self.line(line))}

    def findings(self, text: str) -> Sequence[Finding]:
        """Everything found, with places in `text`, in its order."""
        found = [item.moved(at) for at, line in _prose(text) for item in self.line(line)]
        return sorted([*found, *self.whole(text)], key=lambda item: (item.start, item.end))

    def whole(self, text: str) -> Sequence[Finding]:
        """What no single line shows: citations, labels, references, paragraphs cut in two. Slower than `lines`."""
        return [*citations(text, self._register), *law_findings(text), *leftovers(text)]

    def line(self, line: str) -> tuple[Finding, ...]:
        known = self._read.get(line)
        if known is None:
            prose = blanked(line)
            found = [*misspelt(line, self.known, prose), *malformed(line, self.known, prose)]
            known = tuple(sorted(found, key=lambda item: (item.start, item.end)))
            if len(self._read) >= _KEPT:
                self._read.clear()
            self._read[line] = known
        return known

    def fixes(self, line: str, finding: Finding) -> tuple[str, ...]:
        """What could stand there instead; for a misspelt word it is worked out now, by its neighbours in `line`."""
        if finding.fixes or finding.rule.code != "spelling":
            return finding.fixes
        word = next((item for item in words(line) if item.start == finding.start), None)
        return suggest(word.text, before=word.before, after=word.after, known=self.known) if word else ()

    def fixes_in(self, text: str, finding: Finding) -> tuple[str, ...]:
        """The same with the finding's place in the whole of `text`."""
        start = text.rfind("\n", 0, finding.start) + 1
        end = text.find("\n", start)
        return self.fixes(text[start : end if end >= 0 else None], finding.moved(-start))


def by_line(text: str, findings: Sequence[Finding]) -> Mapping[str, tuple[Finding, ...]]:
    """Findings of a whole text by the line each begins in, with places in that line.

    What goes on below is marked at the last word of its line, and not put right there.
    """
    found: dict[str, tuple[Finding, ...]] = {}
    for item in findings:
        start = text.rfind("\n", 0, item.start) + 1
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else None]
        inside = item.moved(-start)
        if inside.end > len(line):
            inside = Finding(item.rule, line.rfind(" ", 0, inside.start) + 1, len(line))
        found[line] = (*found.get(line, ()), inside)
    return found


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """The lines of `text` that are not in a fence, each with its place."""
    at, fence = 0, ""
    for line in text.split("\n"):
        start = line.lstrip()[:3]
        if fence:
            fence = "" if start == fence else fence
        elif start in _FENCES:
            fence = start
        elif line:
            yield at, line
        at += len(line) + 1
