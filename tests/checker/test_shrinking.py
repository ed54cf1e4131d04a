"""The same seats, steps, faults and invariants under Hypothesis, which shortens what violates something to its fewest steps."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.checker.history import WEIGHTS, History
from tests.checker.times import Dice

EXAMPLES, STEPS = 30, 25


class Board(RuleBasedStateMachine):
    """`at` says who acts, `dice` what exactly they do."""

    history: History

    @initialize(seed=st.integers(0, 999))
    def sit_down(self, seed: int) -> None:
        self.history = History(seed, plain=True)

    @rule(kind=st.sampled_from(sorted(WEIGHTS)), at=st.integers(0, 3), dice=st.integers(0, 2**16))
    def act(self, kind: str, at: int, dice: int) -> None:
        clients = list(self.history.clients.values())
        self.history._do(kind, clients[at % len(clients)], Dice(dice))

    @invariant()
    def nothing_is_violated(self) -> None:
        if hasattr(self, "history"):
            assert self.history.watch.violations == [], "\n".join(self.history.watch.trace)

    def teardown(self) -> None:
        if hasattr(self, "history"):
            self.history._settle_down()
            self.nothing_is_violated()


TestBoard = Board.TestCase
TestBoard.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
