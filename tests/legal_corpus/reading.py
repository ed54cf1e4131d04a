"""The truth of a text: what its marks still say after all that was done to it."""

from collections.abc import Sequence
from typing import Any, Final

from tests.legal_corpus.tags import Said
from tests.legal_corpus.truth import BASIS, SCALARS, Expected, Item, Truth
from tests.legal_corpus.writer import Writer

# A word lost in a long text leaves a text; a letter lost in a number, a name or a date leaves nothing to rely on.
_PROSE: Final = {"trich_yeu", "ten", "title", "sentence", "linh_vuc"}
_LABELS: Final = {"phan": "phan", "chuong": "chuong", "muc": "muc", "dieu": "dieu", "khoan": "khoan", "diem": "diem"}


def read(w: Writer, said: Sequence[Said], *, with_articles: bool) -> Truth:
    scalars = {key: _expected(w, key, said) for key in SCALARS}
    scalars["ngay_hieu_luc"] = _effect(w, said, scalars)
    scope = "reg" if any(item.key.startswith("n.dieu.reg.") for item in said) else "own"
    counts = {name: _count(said, f"n.{label}.{scope}") for name, label in _LABELS.items()}
    if not with_articles:  # Roman headings of a plan may be called what one likes
        counts |= {name: Expected(scored=False, also=frozenset(range(20))) for name in ("phan", "muc", "chuong")}
    counts |= _apart(said, scope)
    return Truth(scalars, counts, _bases(w, said), _headings(w, said, scope))


def nothing() -> Truth:
    """Of a text that says nothing."""
    counts = {name: Expected() for name in (*_LABELS, "dieu_quyet_dinh", "dieu_phu_luc")}
    return Truth({key: Expected() for key in SCALARS}, counts, (), ())


def _expected(w: Writer, key: str, said: Sequence[Said]) -> Expected:
    """None where no occurrence is left; what is damaged may be answered as it was, as it reads, or not at all."""
    found = [item for item in said if item.key == key]
    if not found and key == "co_quan_ban_hanh":  # a stamp or the body may still name it
        return Expected(None, frozenset(w.values[key]), scored=False)
    if not found:
        return Expected()
    value, *also = w.values[key]
    printed = {item.before for item in found} | {item.now for item in found if not item.intact}
    printed |= {text for item in found for meant in w.values[key] if meant for text in _alike(item, meant)}
    if key.rpartition(".")[2].startswith(("ngay", "hieu_luc")):  # a date is answered as a date
        printed = set()
    if key == "co_quan_ban_hanh" and len({item.before for item in found}) == 1:
        printed -= {found[0].before} if found[0].before.upper() in {"ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"} else set()
    whole = any(item.intact for item in found)
    prose = key.rpartition(".")[2] in _PROSE
    return Expected(value, frozenset({*also, *printed, *(() if whole else (None,))}), scored=whole or prose)


def _alike(said: Said, meant: str) -> set[str]:
    """What stands there now, shortened or lengthened as the meaning is against what stood there ("về …", "Luật …")."""
    before, now = said.before.split(), said.now.split()
    if said.before.endswith(meant) and len(before) == len(now):
        return {" ".join(now[len(before) - len(meant.split()) :])}
    return {meant.removesuffix(said.before) + said.now} if meant.endswith(said.before) else set()


def _effect(w: Writer, said: Sequence[Said], scalars: dict[str, Expected]) -> Expected:
    """The date itself, or the day of signing and so many days: that needs the day of signing."""
    stated = _expected(w, "ngay_hieu_luc", said)
    relative = [item for item in said if item.key == "hieu_luc.relative"]
    if not relative or stated.value is not None:
        return stated
    signed = scalars["ngay_ban_hanh"]
    if signed.value is None:
        return Expected()
    value = w.values["hieu_luc.relative"][0]
    sure = signed.scored and all(item.intact for item in relative)
    return Expected(value, frozenset() if sure else frozenset({None}), scored=sure)


def _count(said: Sequence[Said], prefix: str) -> Expected:
    found = [item for item in said if item.key == prefix or item.key.startswith(prefix + ".")]
    lost = sum(not item.intact for item in found)
    return Expected(
        len(found),
        frozenset(range(max(0, len(found) - lost - 1), len(found) + 1)) if lost else frozenset(),
        scored=not lost,
    )


def _apart(said: Sequence[Said], scope: str) -> dict[str, Expected]:
    """The decision's own Điều and the annex's; without an attached regulation the first may be left out."""
    own, annex = _count(said, "n.dieu.own"), _count(said, "n.dieu.annex")
    attached = _count(said, "n.dieu.reg")
    if scope == "own":
        own = Expected(own.value, own.also | {0}, scored=False)
    other = {attached.value, *attached.also, attached.value + annex.value, 0}
    return {
        "dieu_quyet_dinh": own,
        "dieu_phu_luc": Expected(annex.value, annex.also | other, scored=annex.scored and scope == "own"),
    }


def _bases(w: Writer, said: Sequence[Said]) -> tuple[Item, ...]:
    numbers: dict[str, bool] = {}
    for item in said:
        if item.key.startswith("base."):
            numbers.setdefault(item.key.split(".")[1], True)
            numbers[item.key.split(".")[1]] &= item.intact or not item.key.endswith(".line")
    made = []
    for number, opened in numbers.items():
        members = {name: _expected(w, f"base.{number}.{name}", said) for name in BASIS}
        made.append(Item(members, optional=f"base.{number}" in w.optional or not opened))
    return tuple(made)


def _headings(w: Writer, said: Sequence[Said], scope: str) -> tuple[Item, ...]:
    made = []
    for item in said:
        if item.key.startswith(f"n.dieu.{scope}."):
            number = item.key.rpartition(".")[2]
            members: dict[str, Expected] = {"so": Expected(number), "tieu_de": _title(w, f"h.{scope}.{number}", said)}
            made.append(Item(members, optional=not item.intact))
    return tuple(made)


def _title(w: Writer, key: str, said: Sequence[Said]) -> Expected:
    """A sentence is no heading, but whoever takes it for one invents nothing."""
    titled = _expected(w, f"{key}.title", said)
    if titled.value is not None:
        return titled
    sentences: set[Any] = {text for item in said if item.key == f"{key}.sentence" for text in (item.before, item.now)}
    return Expected(None, frozenset(sentences))
