"""What a card offers, by what the portal said: table 2.5 of the protocol, row by row; who and when stand under it."""

from dataclasses import replace

import pytest

from desktop.application.records import Card, Document
from desktop.domain.entry import Phase
from desktop.domain.errors import Rule
from desktop.domain.ids import EntryId, OpId
from desktop.ui.presenters.cards import CardWords, shown
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import CONTRIBUTOR, DEPUTY, KINDS, NOW, PROFILE, at, choice, step

WORDS = CardWords(PROFILE, KINDS["article"], {DEPUTY.id: DEPUTY}, CONTRIBUTOR.id, "vi", NOW, untranslated)
DRAFT = at("nhap_moi", Phase.DRAFT, choices=(choice("submit"),))
QUEUE = at("xac_thuc", Phase.WAITING, choices=(choice("approve", "xac_thuc"), choice("return")), dirty=False)
PUBLIC = at("dang_tai", Phase.PUBLISHED, choices=(choice("revise"),), dirty=False)


def card(name: str, outcome: str, *, code: str = "state-moved", op: str | None = "o-1", **more: object) -> Card:
    rule = Rule(code, params=more.pop("params", {}))  # type: ignore[arg-type]  # words of a rule
    return Card(1, EntryId("e-1"), OpId(op) if op else None, name, outcome, rule, "2026-11-22T02:10:00Z", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "document", "ways"),
    [
        (card("put", "merged", code="merged-unread"), DRAFT, ["merged", "resubmit", "seen"]),
        (card("put", "merged", code="merged-unread"), QUEUE, ["merged", "seen"]),
        (card("submit", "withdrawn", code="withdrawn"), DRAFT, ["submit", "seen"]),
        (card("submit", "withdrawn", code="withdrawn"), QUEUE, ["seen"]),
        (card("submit", "invalid_state"), QUEUE, ["seen"]),
        (card("put", "invalid_state"), PUBLIC, ["revise", "copy", "seen"]),
        (card("approve", "stale_revision", code="other-revision"), QUEUE, ["compare", "approve", "return", "seen"]),
        (card("approve", "stale_revision", code="other-revision", op=None), PUBLIC, ["seen"]),
        (card("approve", "forbidden", code="delegation-expired"), QUEUE, ["copy", "export", "seen"]),
        (card("put", "invalid", code="invalid-field", pointers=("/event_date",)), DRAFT, ["field", "seen"]),
        (card("put", "gone", code="gone"), replace(DRAFT, in_scope=False), ["copy", "export", "seen"]),
        (card("put", "held", code="too-large"), DRAFT, ["send", "export", "seen"]),
        (card("approve", "withdrawn", code="not-repeated"), QUEUE, ["approve", "seen"]),
        (card("put", "withdrawn", code="set-aside"), QUEUE, ["versions", "seen"]),
        (
            card("submit", "withdrawn", code="withdrawn"),
            replace(DRAFT, in_scope=False),
            ["submit", "copy", "export", "seen"],
        ),
    ],
)
def test_the_ways_out(given: Card, document: Document, ways: list[str]) -> None:
    assert [way.name for way in shown(given, document, WORDS).ways] == ways


def test_the_buttons_say_what_they_do() -> None:
    made = shown(card("approve", "stale_revision", code="other-revision"), QUEUE, WORDS)
    assert [way.words for way in made.ways] == [
        "What changed since I read it", "Duyệt the new text", "Trả lại…", "Seen",
    ]  # fmt: skip
    made = shown(card("put", "invalid", code="invalid-field", pointers=("/event_date",)), DRAFT, WORDS)
    assert made.ways[0].words == "Go to Ngày diễn ra sự kiện"


def test_who_did_what_meanwhile_and_when_stands_under_it() -> None:
    history = (replace(step("submit", by="Phó Trưởng ban", at="2026-11-22T02:02:00Z"), actor=DEPUTY.id),)
    made = shown(card("submit", "invalid_state"), replace(QUEUE, history=history), WORDS)
    assert made.facts.startswith("Yours: gửi xác thực, 09:10  ·  On the portal: ")
    assert made.facts.endswith("gửi xác thực · Phó Trưởng ban, 09:02")


def test_a_reason_that_was_written_is_not_lost() -> None:
    made = shown(card("return", "invalid_state", params={"reason": "Thiếu nguồn"}), PUBLIC, WORDS)
    assert "What you wrote: “Thiếu nguồn”" in made.facts


def test_the_rule_and_its_clause_are_told() -> None:
    given = replace(card("approve", "forbidden"), rule=Rule("section", "QĐ 2567/2007/QĐ-UBND Điều 17.5"))
    assert "(QĐ 2567/2007/QĐ-UBND Điều 17.5)" in shown(given, QUEUE, WORDS).text


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", "Ủy quyền của Phó Trưởng ban hết hạn 20/11 17:00. Chưa thực hiện."),
        ("en", "ended 20/11 17:00. Nothing was done."),
    ],
)
def test_a_delegation_that_ended_is_told_with_its_giver_and_its_end(lang: str, told: str) -> None:
    params = {"giver": DEPUTY.id, "end": "2026-11-20T10:00:00.000000Z"}
    given = card("approve", "forbidden", code="delegation-expired", params=params)
    assert told in shown(given, QUEUE, replace(WORDS, lang=lang)).text
    withdrawn = card("approve", "forbidden", code="delegation-expired")
    assert "đã bị thu hồi" in shown(withdrawn, QUEUE, WORDS).text
