"""The cells about people: who may give roles, delegate a step, and make a new entry, and where."""

from collections.abc import Iterator

from tests.matrix.house import CHIEF, OWNER, House
from tests.matrix.line import OTHER, SAME, article
from tests.matrix.plan import FIRST, PROFILE, PUBLISH, ROLES, STEPS, VERIFY
from tests.matrix.table import lacking
from tests.support.operations import Json

MANAGERS, DELEGATORS = PROFILE["board"]["managers"], PROFILE["workflow"]["delegators"]
Asked = tuple[str, Json, str]  # what it is called, the operation, the expected answer


def ask_people(house: House) -> None:
    """Each role in its own section and in another: new entries, board, delegations."""
    for role in ROLES:
        for relation in ("same-section", "other-section"):
            who = f"{role}.{'trong' if relation == 'same-section' else 'ngoai'}"
            for name, op, wanted in (*_births(house, role, relation), *_board(house, role), *_delegations(house, role)):
                result = house.sync(who, [op])[0]
                told = result["outcome"] + (f" {result['rule']['code']}" if result["rule"] else "")
                house.count(role, name, told)
                if told != wanted:
                    house.faults.append(f"{name} · {role} · {relation}: {told}, not {wanted}")


def _births(house: House, role: str, relation: str) -> Iterator[Asked]:
    for where, section in (("same", SAME), ("other", OTHER)):
        refusal = lacking(role, relation, FIRST, section)
        yield f"new entry, {where} section", house.put(house.id(), article("Tin mới", section=section)), _word(refusal)
    anywhere = "" if role in STEPS[FIRST]["roles"] else "role"
    yield "new entry, no section", house.put(house.id(), article("Tin mới", section=None)), _word(anywhere)
    yield "put on an unknown entry", house.put(house.id(), article("Tin mới"), base="0" * 64), "gone gone"
    unknown = {"entry_id": house.id(), "on_state_ver": 0, "on_rid": "0" * 64, "step": VERIFY, "reason": "x"}
    for name in PROFILE["workflow"]["commands"]:
        more = {"not_before": house.stamp(days=1)} if name == "schedule" else {}
        yield f"{name} of an unknown entry", house.op("command", name=name, **unknown, **more), "gone gone"


def _board(house: House, role: str) -> Iterator[Asked]:
    label = {"vi": "Cộng tác viên", "en": "Contributor"}
    may = "" if role in MANAGERS else "role"
    given = {"roles": [{"role": "ctv", "sections": [SAME]}], "label": label, "active": True}
    yield "board", house.op("board", member_id=f"u-{OWNER}", **given), _word(may)
    yield "board of nobody", house.op("board", member_id="u-khong.co", **given), "gone gone" if not may else _word(may)
    chief = {**given, "roles": [{"role": "truongban", "sections": None}]}
    more = house.op("board", member_id=f"u-{OWNER}", **chief)
    yield "board, one chief too many", more, "invalid board-limit" if not may else _word(may)


def _delegations(house: House, role: str) -> Iterator[Asked]:
    given = {
        "to": f"u-{OWNER}",
        "sections": [SAME],
        "reason": "Đi họp",
        "start": house.stamp(),
        "end": house.stamp(days=1),
    }
    for step in STEPS:
        wanted = (
            _word("" if role in DELEGATORS else "role") if STEPS[step].get("delegable") else "forbidden not-delegable"
        )
        # ends before it begins to matter: nobody's rights change by these cells
        later = {"start": house.stamp(days=300), "end": house.stamp(days=301)}
        made = house.op("delegation", delegation_id=house.id(), step=step, revoke=False, **{**given, **later})
        yield f"delegation of {step}", made, wanted
    over = {**given, "end": given["start"]}
    past = house.op("delegation", delegation_id=house.id(), step=VERIFY, revoke=False, **over)
    yield "delegation without a time", past, "invalid invalid-content" if role in DELEGATORS else "forbidden role"
    of_another = house.op("delegation", delegation_id=house.delegations[0], step=VERIFY, revoke=True, **given)
    yield "revoking another's delegation", of_another, "forbidden not-yours"
    none = house.op("delegation", delegation_id=house.id(), step=PUBLISH, revoke=True, **given)
    yield "revoking no delegation", none, "gone gone"


def _word(refusal: str) -> str:
    return f"forbidden {refusal}" if refusal else "applied"


def give_roles(house: House) -> None:
    """The chief's acts once the entries are made: late roles, delegations (some lapsed by now), a closed account."""
    for name, _ in house.late_roles():
        house.sync(name)  # they have been told of all of it when they lose the section
    _delegate(house, "hethan", {VERIFY: [SAME], PUBLISH: [SAME]}, hours=1)
    house.later(hours=2)
    house.tokens.clear()
    _delegate(house, "xacthuc", {VERIFY: [SAME]}, hours=24 * 30)
    _delegate(house, "dangtai", {PUBLISH: None}, hours=24 * 30)
    for name, held in house.late_roles():
        _set_roles(house, name, held, active=True)
    _set_roles(house, "ctv.nghi", [], active=False)


def _delegate(house: House, seat: str, steps: dict[str, list[str] | None], *, hours: float) -> None:
    ops = [
        house.op(
            "delegation", delegation_id=house.id(), to=f"u-{role}.{seat}", step=step, sections=sections, revoke=False,
            start=house.stamp(), end=house.stamp(hours=hours), reason="Đi công tác",
        )
        for role in ROLES
        for step, sections in steps.items()
    ]  # fmt: skip
    house.do(CHIEF, ops)
    house.delegations += [op["delegation_id"] for op in ops]


def _set_roles(house: House, name: str, held: list[Json], *, active: bool) -> None:
    house.roles[name] = held
    label = {"vi": name, "en": name}
    house.do(CHIEF, [house.op("board", member_id=f"u-{name}", roles=held, label=label, active=active)])
