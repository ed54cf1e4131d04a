"""Who made a text and who sent it in: shares that make a whole, an identity that is complete; judged alike by client and portal."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

import resources
from desktop.domain.conflict import FieldConflict
from desktop.domain.digest import Json
from desktop.domain.kind import Kind, faults, missing
from desktop.domain.merge import merge
from desktop.domain.profile import profile_from_json
from desktop.domain.revision import Content
from server_stub.core.catalog import Catalog, make_bundle, parse_catalog
from server_stub.core.kinds import faults as faults_of_the_portal
from server_stub.core.validate import incomplete


def read(*place: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(resources.path(*place).read_text("utf-8"))
    return value


SCHEMA, PROFILE = read("contract", "kinds", "article.json"), read("profiles", "generic.json")
ARTICLE = Kind("article", SCHEMA)
FULL: dict[str, Json] = {"title": "t", "section": "tin-hoat-dong", "body": "b", "source": {"name": "n"}}


def catalog(profile: Mapping[str, Any]) -> Catalog:
    kinds = {name: read("contract", "kinds", f"{name}.json") for name in profile["kinds"]}
    return parse_catalog(make_bundle(profile=profile, kinds=kinds, theme={}, in_force_from="2026-01-01"))


def lacking(fields: Mapping[str, Json], profile: Mapping[str, Any] = PROFILE, *, gate: str = "submit") -> list[str]:
    """What both sides say is missing."""
    here = sorted(missing(ARTICLE, profile_from_json(profile), {**FULL, **fields}, gate))
    content = {"kind": "article", "fields": {**FULL, **fields}}
    assert [f"/fields{pointer}" for pointer in here] == list(incomplete(catalog(profile), content, gate))
    return here


def people(*shares: str | None) -> list[Json]:
    made: list[Json] = []
    for number, share in enumerate(shares):
        person: dict[str, Json] = {"id": str(number), "name": f"N{number}"}
        made.append(person if share is None else {**person, "share": share})
    return made


@pytest.mark.parametrize(
    "shares", [("100",), ("50", "50"), ("33.34", "33.33", "33.33"), ("99.99", "0.01"), ("100", "0")]
)
def test_shares_that_make_a_whole_go_on(shares: tuple[str, ...]) -> None:
    assert lacking({"authors": people(*shares)}) == []


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        (people("50", "49.99"), ["/authors/share"]),
        (people("50", "50.01"), ["/authors/share"]),
        (people("100", None), ["/authors/1/share"]),
        (people(None), ["/authors/0/share", "/authors/share"]),
        ([{"id": "a", "name": " ", "share": "100"}], ["/authors/0/name"]),
    ],
)
def test_what_is_left_of_a_whole_stands_in_the_way(given: list[Json], pointers: list[str]) -> None:
    assert lacking({"authors": given}) == pointers


def test_a_text_may_be_without_authors_and_a_draft_with_half_of_them() -> None:
    assert lacking({}) == lacking({"authors": []}) == []
    assert faults(ARTICLE, {"authors": people("50")}) == []
    assert faults_of_the_portal(catalog(PROFILE).kinds["article"], {"authors": people("50")}) == ()


@pytest.mark.parametrize("share", ["50,5", "101", "-1", "1e2", "33.333", "½", "", "٣"])
def test_a_share_is_a_decimal_of_at_most_two_places(share: str) -> None:
    fields: dict[str, Json] = {"authors": people(share)}
    assert faults(ARTICLE, fields)
    assert faults_of_the_portal(catalog(PROFILE).kinds["article"], fields)


def article(*authors: Json) -> Content:
    return Content("article", "vi", {"title": "t", "authors": list(authors)}, {}, ())


def test_who_is_added_on_both_sides_is_there_and_the_sum_is_asked_for() -> None:
    first, mine, theirs = people("100", "50", "50")
    made = merge(ARTICLE, article(first), mine=article(first, mine), theirs=article(first, theirs))
    assert (made.fields["authors"], made.conflicts) == ([first, mine, theirs], ())
    assert lacking({"authors": made.fields["authors"]}) == ["/authors/share"]


def test_one_persons_share_changed_by_two_is_a_question_about_that_person() -> None:
    one, other = people("50", "50")
    mine, theirs = ({**one, "share": share} for share in ("60", "70"))  # type: ignore[dict-item]  # an object of JSON
    made = merge(ARTICLE, article(one, other), mine=article(mine, other), theirs=article(theirs, other))
    assert made.conflicts == (FieldConflict("/authors/0", "set", one, mine, theirs),)


IDENTITY: dict[str, Json] = {
    "name": "Người gửi", "organisation": "Hội Nhiếp ảnh", "title": "Hội viên", "email": "gui@example.vn",
    "address": "Số 1", "phone": "0271 388 8888",
}  # fmt: skip


@pytest.mark.parametrize(
    ("without", "pointers"),
    [
        ((), []),
        (("title",), []),
        (("organisation",), []),
        (("name",), []),
        (("name", "organisation"), ["/contributor/name"]),
        (("email",), []),
        (("address",), []),
        (("email", "address"), ["/contributor/email"]),
        (("phone",), ["/contributor/phone"]),
        (("name", "organisation", "email", "address", "phone"), ["/contributor/email", "/contributor/name", "/contributor/phone"]),
    ],
)  # fmt: skip
def test_who_sends_a_text_in_is_fully_named(without: tuple[str, ...], pointers: list[str]) -> None:
    given = {name: value for name, value in IDENTITY.items() if name not in without}
    assert lacking({"contributor": given, "work": "anh"}) == pointers


def test_of_a_text_from_outside_one_says_what_kind_of_work_it_is() -> None:
    assert lacking({"contributor": IDENTITY}) == ["/work"]
    for work in ("tin", "bai", "anh", "phong-su", "video"):
        assert lacking({"contributor": IDENTITY, "work": work}) == []


@pytest.mark.parametrize(("genre", "pointers"), [("hoat-dong", 1), ("noi-bat", 1), ("tin", 0), ("thong-bao", 0)])
def test_news_of_activity_has_the_day_of_the_event(genre: str, pointers: int) -> None:
    assert lacking({"genre": genre}) == ["/event_date"] * pointers
    assert lacking({"genre": genre, "event_date": "2026-11-22"}) == []


def test_which_of_it_is_asked_is_the_profiles() -> None:
    free = {**PROFILE, "demands": []}
    assert lacking({"contributor": {"name": "x"}, "genre": "hoat-dong"}, free) == []
    late = {
        **PROFILE,
        "demands": [{"kinds": ["article"], "any": ["/summary", "/event_date"], "from": "publish", "clause": "c"}],
    }
    assert lacking({}, late) == []
    assert lacking({}, late, gate="publish") == ["/summary"]
    assert lacking({"event_date": "2026-11-22"}, late, gate="publish") == []


@pytest.mark.parametrize("wrong", [3, {}, {"kinds": ["article"]}, {"kinds": ["article"], "any": []}])
def test_a_demand_that_is_none_is_no_profile(wrong: Json) -> None:
    with pytest.raises((KeyError, TypeError)):
        profile_from_json({**PROFILE, "demands": [wrong]})


def test_a_source_has_an_author_and_a_day_of_its_own() -> None:
    told: dict[str, Json] = {"name": "Báo", "url": "https://a.vn", "author": "Phóng viên", "date": "2026-11-21"}
    assert faults(ARTICLE, {"source": told}) == []
    assert [fault.pointer for fault in faults(ARTICLE, {"source": {**told, "date": "21/11/2026"}})] == ["/source/date"]


def test_an_author_is_found_by_name_and_nobody_by_phone() -> None:
    fields: dict[str, Json] = {**FULL, "authors": people("100"), "contributor": IDENTITY}
    words = " ".join(ARTICLE.search_words(fields))
    assert "N0" in words
    assert "Hội Nhiếp ảnh" in words
    assert "388" not in words
    assert "100" not in words
