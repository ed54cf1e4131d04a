"""What proofreading found, as lines of the checks: spelling and form by number, what is wrong in the law one by one."""

from collections.abc import Callable, Mapping, Sequence

from desktop.application.messages import Sentence
from desktop.domain.errors import Rule
from desktop.domain.finding import Finding
from desktop.ui.presenters.checks import Check, Weight
from desktop.ui.presenters.words import Translate

_MOST = 12


def proof_checks(
    text: str,
    lines: Mapping[str, Sequence[Finding]],
    whole: Sequence[Finding],
    *,
    say: Callable[[Rule], Sentence],
    translate: Translate,
) -> tuple[Check, ...]:
    """Of `text`: `lines` as the lines were read, `whole` with places in `text`, the first dozen."""
    count = sum(len(found) for found in lines.values())
    if count:
        words = translate("Checks", "Spelling and form: %n place(s) to look at (F7)", None, count)
        checks = [Check(Weight.NOTE, words)]
    else:
        checks = [Check(Weight.OK, translate("Checks", "Spelling and form"))]
    for item in sorted(whole, key=lambda item: item.start)[:_MOST]:
        line = text.count("\n", 0, item.start) + 1
        words = translate("Checks", "Line {line}: {what}").format(line=line, what=say(item.rule).what)
        checks.append(Check(Weight.NOTE, words, item.rule.clause, line=line))
    if len(whole) > _MOST:
        words = translate("Checks", "%n more place(s) in the text (F7)", None, len(whole) - _MOST)
        checks.append(Check(Weight.NOTE, words))
    return tuple(checks)
