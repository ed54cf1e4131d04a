"""One run: build the entries, give the roles, ask everything, compare. What it found is in the house."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.matrix.building import build
from tests.matrix.deciding import ask, questions
from tests.matrix.endpoints import ask_endpoints, ask_with_bad_tokens, sign_in_early
from tests.matrix.house import House, open_house
from tests.matrix.people import ask_people, give_roles
from tests.matrix.plan import COMMANDS, PROFILE, ROLES, STATES, STEPS, Cell, cells
from tests.matrix.reading import ask_feed, ask_looks, ask_loss, ask_site, looks, unchanged
from tests.matrix.table import FROM

Say = Callable[[str], None]


def run(
    folder: Path,
    *,
    profile: Mapping[str, Any] = PROFILE,
    among: Sequence[Cell] = (),
    stride: int = 1,
    say: Say = lambda _: None,
) -> House:
    """Every `stride`-th of the cells against a new portal in `folder`; the endpoints and the people always whole."""
    with open_house(folder, profile) as house:
        house.faults += holes(profile)
        asked = questions(house, (among or cells())[::stride])
        items = list({question.item.id: question.item for question in asked}.values())
        shared = list({question.item.id: question.item for question in asked if not question.own}.values())
        say(f"{len(asked)} cells on {len(items)} entries, {len(shared)} of them shared")
        sign_in_early(house)
        build(house, items)
        say("entries built")
        give_roles(house)
        ask_loss(house, items)
        ask_endpoints(house)
        ask_with_bad_tokens(house)
        say("endpoints asked")
        ask_feed(house, items)
        ask_looks(house, looks(shared, stride))
        ask_site(house, shared)
        say("reading asked")
        ask(house, asked)
        unchanged(house, shared)
        say("operations asked")
        ask_people(house)
    return house


def holes(profile: Mapping[str, Any]) -> list[str]:
    """What the profile has and the tables do not ask: each would be cells without an expected answer."""
    workflow = profile["workflow"]
    found = [f"role {role['id']} is not in the matrix" for role in profile["roles"] if role["id"] not in ROLES]
    found += [
        f"command {name} has no row" for name in workflow["commands"] if name not in (*FROM, "unpublish", "schedule")
    ]
    found += [f"command {name} is not asked" for name in workflow["commands"] if name not in COMMANDS]
    steps = [step["id"] for step in workflow["steps"]]
    found += [f"step {step} is not in the matrix" for step in steps if step not in STEPS]
    awaited = {state.step for state in STATES.values() if state.phase in ("draft", "waiting")}
    return found + [f"no state awaits step {step}" for step in steps if step not in awaited]
