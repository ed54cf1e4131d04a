"""Two contents on one base, field by field: what is merged, what is asked, and that answers decide."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.conflict import ATTACHMENTS, LANG, ORIGINAL, Decision, FieldConflict, Merged, Side
from desktop.domain.digest import Json
from desktop.domain.ids import EntryId
from desktop.domain.kind import Kind
from desktop.domain.merge import merge
from desktop.domain.relations import Relation, relations_in
from desktop.domain.revision import Content
from tests.support.triples import triples

MINE, THEIRS = Decision(Side.MINE), Decision(Side.THEIRS)


def kind(name: str) -> Kind:
    return Kind(name, json.loads(resources.path("contract", "kinds", f"{name}.json").read_text("utf-8")))


ARTICLE, LAW = kind("article"), kind("legal-document")
RICH = Kind(
    "rich",
    {
        "type": "object",
        "properties": {
            "title": {"type": "string", "x-merge": "protected"},
            "number": {"type": "string", "x-merge": "protected"},
            "body": {"type": "string", "x-merge": "text"},
            "tags": {"type": "array", "x-merge": "set"},
            "people": {"type": "array", "x-merge": "set"},
            "rows": {"type": "array", "x-merge": "list"},
            "count": {"type": "integer", "x-merge": "scalar"},
            "place": {
                "type": "object",
                "properties": {
                    "name": {"type": "string", "x-merge": "scalar"},
                    "note": {"type": "string", "x-merge": "text"},
                },
            },
        },
    },
)


def content(fields: Mapping[str, Any], *files: Mapping[str, Any], lang: str = "vi") -> Content:
    return Content("rich", lang, fields, {}, files)


def of(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any], *, of_kind: Kind = RICH) -> Merged:
    return merge(of_kind, content(base), mine=content(mine), theirs=content(theirs))


def asked(found: Merged) -> list[str]:
    return [conflict.pointer for conflict in found.conflicts]


# --- what must hold for any three contents


SMALL = st.sampled_from(["", "a", "b", "một"])
WORDS = st.lists(st.sampled_from(["x", "y", "z"]), unique=True, max_size=3)
PEOPLE = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from(["1", "2", "3"]), "name": SMALL}),
    unique_by=lambda person: person["id"],
    max_size=3,
)
FILES = st.lists(
    st.fixed_dictionaries(
        {"sha256": st.sampled_from(["f", "g"]), "role": st.sampled_from(["image", "original"]), "alt": SMALL}
    ),
    unique_by=lambda file: (file["sha256"], file["role"]),
    max_size=3,
)


@st.composite
def three(draw: st.DrawFn) -> tuple[Content, Content, Content]:
    """Three contents: texts that come from one another, everything else drawn anew or alike."""
    texts = draw(triples())
    base: dict[str, Json] = {}
    sides: list[Content] = []
    for text in (texts.base, texts.mine, texts.theirs):
        fields: dict[str, Any] = draw(
            st.fixed_dictionaries(
                {},
                optional={
                    "title": SMALL,
                    "number": SMALL,
                    "tags": WORDS,
                    "people": PEOPLE,
                    "rows": st.lists(SMALL, max_size=2),
                    "count": st.sampled_from([1, 2, True]),
                    "place": st.fixed_dictionaries({}, optional={"name": SMALL, "note": SMALL, "code": SMALL}),
                    "unknown": st.one_of(st.none(), SMALL, st.dictionaries(st.just("k"), SMALL)),
                },
            )
        )
        if not sides:
            base = fields
        kept = {name: base[name] for name in base if draw(st.booleans())}
        files = draw(FILES) if not sides or draw(st.booleans()) else list(sides[0].attachments)
        lang = draw(st.sampled_from(["vi", "vi", "vi", "en"]))
        sides.append(Content("rich", lang, {**fields, **kept, "body": "\n\n".join(text)}, {}, tuple(files)))
    return sides[0], sides[1], sides[2]


def is_content(found: Merged, wanted: Content) -> bool:
    told = json.dumps([found.lang, found.fields, found.attachments], sort_keys=True)
    return found.clean and told == json.dumps([wanted.lang, wanted.fields, wanted.attachments], sort_keys=True)


@given(three())
def test_one_sides_work_is_taken_as_it_is(sides: tuple[Content, Content, Content]) -> None:
    base, mine, theirs = sides
    assert is_content(merge(RICH, base, mine=base, theirs=theirs), theirs)
    assert is_content(merge(RICH, base, mine=mine, theirs=base), mine)
    assert is_content(merge(RICH, base, mine=mine, theirs=mine), mine)


@given(three())
def test_who_is_called_mine_makes_no_difference(sides: tuple[Content, Content, Content]) -> None:
    base, mine, theirs = sides
    one, other = merge(RICH, base, mine=mine, theirs=theirs), merge(RICH, base, mine=theirs, theirs=mine)
    assert sorted(
        json.dumps([c.pointer, c.rule, c.base, c.mine, c.theirs], sort_keys=True) for c in one.conflicts
    ) == sorted(json.dumps([c.pointer, c.rule, c.base, c.theirs, c.mine], sort_keys=True) for c in other.conflicts)
    if one.clean:
        assert told(one) == told(other)


def told(found: Merged) -> Any:  # noqa: ANN401  what a content says, empty values aside
    return _without_empty([found.lang, found.fields, list(found.attachments)])


def _without_empty(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        inner = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item not in (None, "", [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


@given(three())
def test_one_sided_values_are_taken_and_others_asked(sides: tuple[Content, Content, Content]) -> None:
    """Judged by a second, plain reading of the rules for values that are merged whole."""
    base, mine, theirs = sides
    found = merge(RICH, base, mine=mine, theirs=theirs)
    for name in ("count", "rows", "unknown"):
        b, m, t = (json.dumps(_full(side.fields.get(name))) for side in sides)
        if m not in (b, t) and t != b:
            assert f"/{name}" in asked(found)
        else:
            assert f"/{name}" not in asked(found)
            assert json.dumps(_full(found.fields.get(name))) == (t if m == b else m)
    group = [[_full(side.fields.get(name)) for name in ("title", "number")] + [_originals(side)] for side in sides]
    if group[0] not in (group[1], group[2]) and group[1] != group[2]:
        assert any(conflict.rule == "protected" for conflict in found.conflicts)
    else:
        assert all(conflict.rule != "protected" for conflict in found.conflicts)


def _full(value: Json) -> Json:
    return None if value in ("", [], {}) else value


def _originals(side: Content) -> list[Mapping[str, Json]]:
    return [file for file in side.attachments if file["role"] == "original"]


@given(three(), st.sampled_from([MINE, THEIRS]))
def test_every_question_can_be_answered(sides: tuple[Content, Content, Content], answer: Decision) -> None:
    base, mine, theirs = sides
    questions = merge(RICH, base, mine=mine, theirs=theirs).conflicts
    whole = {conflict.pointer: answer for conflict in questions}
    assert merge(RICH, base, mine=mine, theirs=theirs, decisions=whole).clean
    by_place = {
        pointer: answer
        for conflict in questions
        for pointer in [conflict.hunk_pointer(number) for number in conflict.open_hunks] or [conflict.pointer]
    }
    assert merge(RICH, base, mine=mine, theirs=theirs, decisions=by_place).clean


@given(three())
def test_what_is_asked_stands_as_mine_until_it_is_answered(sides: tuple[Content, Content, Content]) -> None:
    base, mine, theirs = sides
    found = merge(RICH, base, mine=mine, theirs=theirs)
    for conflict in found.conflicts:
        if conflict.pointer == "/body":
            assert found.fields.get("body", "") == mine.fields["body"]


# --- rule by rule


def test_scalars() -> None:
    assert of({"count": 1}, {"count": 2}, {"count": 1, "title": "t"}).fields == {"count": 2, "title": "t"}
    found = of({"count": 1}, {"count": 2}, {"count": 3})
    assert found.conflicts == (FieldConflict("/count", "scalar", 1, 2, 3),)
    assert asked(of({"count": 1}, {"count": 2, "body": "x"}, {})) == ["/count"]


def test_text_by_paragraph() -> None:
    found = of({"body": "a\n\nb\n\nc"}, {"body": "A\n\nb\n\nc"}, {"body": "a\n\nb\n\nC"})
    assert (found.clean, found.fields["body"]) == (True, "A\n\nb\n\nC")


def test_text_by_question() -> None:
    base, mine, theirs = (
        {"body": "a\n\nb\n\nc\n\nd\n\ne"},
        {"body": "1\n\nb\n\nC\n\nd\n\n3"},
        {"body": "2\n\nb\n\nc\n\nd\n\n4"},
    )
    question = of(base, mine, theirs).conflicts[0]
    first, last = question.open_hunks
    assert (question.hunks[first].mine, question.hunks[last].theirs) == ("1\n\n", "4")
    decisions = {question.hunk_pointer(first): THEIRS, question.hunk_pointer(last): Decision(Side.EDITED, "cả hai")}
    found = merge(RICH, content(base), mine=content(mine), theirs=content(theirs), decisions=decisions)
    assert (found.clean, found.fields["body"]) == (True, "2\n\nb\n\nC\n\nd\n\ncả hai")
    whole = {**decisions, "/body": MINE}
    assert merge(RICH, content(base), mine=content(mine), theirs=content(theirs), decisions=whole).fields == mine
    half = {question.hunk_pointer(first): THEIRS}
    found = merge(RICH, content(base), mine=content(mine), theirs=content(theirs), decisions=half)
    assert (asked(found), found.fields["body"]) == (["/body"], mine["body"])


def test_one_line_that_both_wrote_is_asked() -> None:
    base = {"title": "t", "summary": "Tóm tắt"}
    found = of(base, {**base, "summary": "Tóm tắt 1"}, {**base, "summary": "Tóm tắt 2"}, of_kind=ARTICLE)
    assert asked(found) == ["/summary"]


def test_a_protected_group_is_asked_about_as_one() -> None:
    base = {"title": "QĐ", "so_hieu": "1", "body": "Điều 1.\nĐiều 2.\nĐiều 3.", "linh_vuc": "a"}
    mine, theirs = {**base, "so_hieu": "2"}, {**base, "body": "Điều 1.\nĐiều 2.\nĐiều 3. Sửa", "linh_vuc": "b"}
    found = of(base, mine, theirs, of_kind=LAW)
    assert asked(found) == ["/so_hieu", "/body"]
    assert found.fields["linh_vuc"] == "b"
    body = found.conflicts[1]
    assert [body.hunks[number].theirs for number in body.open_hunks] == ["Điều 3. Sửa"]
    answers = {"/so_hieu": MINE, body.hunk_pointer(body.open_hunks[0]): THEIRS}
    after = merge(LAW, content(base), mine=content(mine), theirs=content(theirs), decisions=answers)
    assert after.fields == {**theirs, "so_hieu": "2"}


def test_a_protected_group_that_one_side_touched_is_merged() -> None:
    base = {"title": "QĐ", "so_hieu": "1", "linh_vuc": "a"}
    found = of(base, {**base, "so_hieu": "2"}, {**base, "linh_vuc": "b"}, of_kind=LAW)
    assert (found.clean, found.fields) == (True, {"title": "QĐ", "so_hieu": "2", "linh_vuc": "b"})


def test_the_stamped_original_is_protected() -> None:
    old, new = ({"sha256": name, "role": "original"} for name in ("a", "b"))
    base = Content("rich", "vi", {"title": "t"}, {}, (old,))
    mine, theirs = Content("rich", "vi", {"title": "t"}, {}, (new,)), Content("rich", "vi", {"title": "u"}, {}, (old,))
    assert sorted(asked(merge(RICH, base, mine=mine, theirs=theirs))) == ["/title", ORIGINAL]


def test_sets_of_words_and_of_things() -> None:
    found = of({"tags": ["a", "b"]}, {"tags": ["a", "b", "x"]}, {"tags": ["b", "y"]})
    assert (found.clean, found.fields["tags"]) == (True, ["b", "x", "y"])
    one: dict[str, Json] = {"id": "1", "name": "Một"}
    two: dict[str, Json] = {"id": "2", "name": "Hai"}
    found = of({"people": [one]}, {"people": [one, two]}, {"people": [{**one, "name": "1"}]})
    assert found.fields["people"] == [{**one, "name": "1"}, two]
    found = of({"people": [one, two]}, {"people": [two]}, {"people": [{**one, "name": "1"}, two]})
    assert found.conflicts == (FieldConflict("/people/1", "set", one, None, {**one, "name": "1"}),)


def test_two_people_relate_a_document_to_two_others() -> None:
    basis, ends, old = (
        Relation("basis", "Số 64/2007/NĐ-CP"), Relation("replaces", "17", EntryId("e-1")), Relation("related", "Luật #2")
    )  # fmt: skip

    def said(*relations: Relation) -> dict[str, Json]:
        return {"relations": [each.as_json() for each in relations]}

    other = Relation("basis", "64/2007/NĐ-CP")  # the same, written otherwise
    found = of(said(old), said(old, basis), said(ends, other), of_kind=LAW)
    assert asked(found) == [f"/relations/{basis.key}"]
    found = of(said(old), said(old, basis), said(ends, basis), of_kind=LAW)
    assert found.clean
    assert set(relations_in(LAW, found.fields)) == {ends, basis}


def test_a_set_whose_things_have_no_names_is_merged_whole() -> None:
    assert asked(of({"people": [{}]}, {"people": [{"a": "1"}]}, {"people": []})) == ["/people"]
    assert asked(of({"tags": []}, {"tags": ["a", "a"]}, {"tags": ["b"]})) == ["/tags"]


def test_the_order_of_a_set_is_that_of_who_changed_it() -> None:
    assert of({"tags": ["a", "b"]}, {"tags": ["b", "a"]}, {"tags": ["a", "b", "c"]}).fields["tags"] == ["b", "a", "c"]
    one, two = {"id": "1", "name": ""}, {"id": "2", "name": ""}
    found = of({"people": [one]}, {"people": [two, one]}, {"people": [{**one, "name": "Một"}]})
    assert found.fields["people"] == [two, {**one, "name": "Một"}]


def test_lists_are_one_thing() -> None:
    assert of({"rows": ["a"]}, {"rows": ["a", "b"]}, {"rows": ["a"], "count": 1}).fields["rows"] == ["a", "b"]
    assert asked(of({"rows": ["a"]}, {"rows": ["a", "b"]}, {"rows": ["c", "a"]})) == ["/rows"]


def test_objects_member_by_member() -> None:
    base = {"place": {"name": "a", "note": "n"}}
    found = of(base, {"place": {"name": "b", "note": "n"}}, {"place": {"name": "a", "note": "m", "code": "c"}})
    assert (found.clean, found.fields) == (True, {"place": {"name": "b", "note": "m", "code": "c"}})
    assert asked(of(base, {"place": {"name": "b", "note": "n"}}, {"place": {"name": "c", "note": "n"}})) == [
        "/place/name"
    ]
    assert asked(of(base, {}, {"place": {"name": "c", "note": "n"}})) == ["/place/name"]


def test_unknown_fields_are_whole_and_never_dropped() -> None:
    found = of(
        {"new": {"a": 1}, "null": None}, {"new": {"a": 1}, "null": None, "count": 1}, {"new": {"a": 2}, "null": None}
    )
    assert (found.clean, found.fields) == (True, {"new": {"a": 2}, "null": None, "count": 1})
    assert asked(of({"new": {"a": 1, "b": 1}}, {"new": {"a": 2, "b": 1}}, {"new": {"a": 1, "b": 2}})) == ["/new"]
    assert asked(of({}, {"_personal": [{"record_id": "1"}], "title": "a"}, {"title": "b"})) == ["/_personal", "/title"]


def test_attachments_by_hash_and_role() -> None:
    one, two = {"sha256": "1", "role": "image", "alt": ""}, {"sha256": "2", "role": "attachment", "alt": ""}
    base = content({"count": 1}, one)
    found = merge(RICH, base, mine=content({"count": 1}, one, two), theirs=content({"count": 1}, {**one, "alt": "Ảnh"}))
    assert (found.clean, found.attachments) == (True, ({**one, "alt": "Ảnh"}, two))
    found = merge(RICH, base, mine=content({"count": 1}), theirs=content({"count": 1}, {**one, "alt": "Ảnh"}))
    assert asked(found) == [f"{ATTACHMENTS}/1:image"]


def test_the_language_is_a_value_like_others() -> None:
    sides = [Content("rich", lang, {"count": number}, {}) for number, lang in enumerate(("vi", "en", "fr"))]
    assert asked(merge(RICH, sides[0], mine=sides[1], theirs=sides[2])) == ["/count", LANG]


def test_true_is_not_one() -> None:
    assert asked(of({"count": 1}, {"count": True}, {"count": 2})) == ["/count"]


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_value_is_no_change(empty: str | None) -> None:
    assert of({"title": "t"}, {"title": "t", "number": empty}, {"title": "u"}).clean
