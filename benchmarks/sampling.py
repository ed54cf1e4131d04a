"""Where the processor's time goes: the main thread's stack, looked at every few milliseconds of time it has used."""

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

_EVERY: Final = 0.002  # seconds of the processor
_ROOT: Final = str(Path(__file__).resolve().parents[1])


class Samples:
    """`own`: by the function that runs; `whole`: by every function on the stack of our own code."""

    def __init__(self) -> None:
        self.count = 0
        self.own: Counter[str] = Counter()
        self.whole: Counter[str] = Counter()

    def take(self, frame: FrameType | None) -> None:
        self.count += 1
        seen: set[str] = set()
        first = True
        while frame is not None:
            name = _named(frame)
            if first or name.startswith(("desktop", "server_stub")):
                seen.add(name)
            if first:
                self.own[name] += 1
                first = False
            frame = frame.f_back
        self.whole.update(seen)

    def told(self, most: int = 25) -> dict[str, dict[str, float]]:
        """Shares of all samples, the largest first."""
        return {
            title: {name: round(number / max(self.count, 1), 4) for name, number in counter.most_common(most)}
            for title, counter in (("own", self.own), ("whole", self.whole))
        }


@contextmanager
def sampled() -> Iterator[Samples]:
    """Of the main thread only; where the system has no such timer (Windows) nothing is sampled."""
    samples = Samples()
    if not hasattr(signal, "SIGPROF"):
        yield samples
        return
    before = signal.signal(signal.SIGPROF, lambda _number, frame: samples.take(frame))
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield samples
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _named(frame: FrameType) -> str:
    code = frame.f_code
    place = code.co_filename.removeprefix(_ROOT).strip("/").rsplit("site-packages/", maxsplit=1)[-1]
    return f"{place.removesuffix('.py').replace('/', '.')}:{code.co_qualname}"
