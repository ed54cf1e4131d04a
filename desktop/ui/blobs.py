"""Pictures of an entry for its preview: read from this home in the store lane, answered in the GUI thread."""

from collections.abc import Callable

from desktop.domain.errors import Problem
from desktop.ui.shell import Shell

Answer = Callable[[bytes | None], None]


def blob_source(shell: Shell) -> Callable[[str, Answer], None]:
    """What the preview's scheme asks for the bytes of a SHA-256."""

    def ask(sha256: str, answer: Answer) -> None:
        def none(problem: Problem) -> None:
            del problem
            answer(None)

        library = shell.desk.library
        shell.bridge.store(lambda: library.blob(sha256), answer, none)

    return ask
