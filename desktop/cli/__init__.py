"""`toasoan`: the use cases of the window on the command line, without Qt.

Exit codes: 0 done, 1 refused by a rule or bad input, 2 usage, 3 the home is in use, 4 the machine, the network or the portal.
"""

import json
import sys
from collections.abc import Sequence

from desktop.application.messages import sentence
from desktop.cli.parser import arguments
from desktop.cli.verbs import run
from desktop.domain.errors import Bug, EnvironmentProblem, HomeBusy, Problem

_DONE, _REFUSED, _HOME_BUSY, _ENVIRONMENT = 0, 1, 3, 4


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one verb; the exit code is returned."""
    given = arguments(argv)
    try:
        answer = run(given)
    except Problem as problem:
        _complain(problem, lang=given.lang, as_json=given.json)
        return _HOME_BUSY if isinstance(problem, HomeBusy) else _ENVIRONMENT if _is_environment(problem) else _REFUSED
    except OSError as error:
        _complain(EnvironmentProblem(str(error)), lang=given.lang, as_json=given.json)
        return _ENVIRONMENT
    print(json.dumps(answer.data, ensure_ascii=False, indent=1) if given.json else answer.text)
    return _DONE


def _is_environment(problem: Problem) -> bool:
    return isinstance(problem, EnvironmentProblem | Bug)


def _complain(problem: Problem, *, lang: str, as_json: bool) -> None:
    said = sentence(problem, lang)
    if as_json:
        told = {"code": problem.code, "title": said.title, "what": said.what, "todo": said.todo, "clause": said.clause}
        rule = getattr(problem, "rule", None)
        print(json.dumps({"error": {**told, "rule": rule.code if rule else ""}}, ensure_ascii=False, indent=1))
    print(f"{said.title}: {said}", file=sys.stderr)
