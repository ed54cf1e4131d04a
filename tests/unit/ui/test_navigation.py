"""The navigation shows whose move it is: steps of the profile that the member may take, kinds of the profile, live counts."""

from desktop.ui.presenters.navigation import SYNC, boxes, counted, groups
from desktop.ui.presenters.words import untranslated
from tests.support.desk_values import CHIEF, CONTRIBUTOR, DEPUTY, KINDS, PROFILE


def test_a_contributor_sees_no_queue_but_conflicts_and_cards() -> None:
    tree = groups(PROFILE, KINDS, CONTRIBUTOR, lang="vi", translate=untranslated)
    assert boxes(tree) == (
        "drafts", "returned", "submitted", "published", "conflicts", "cards", *(f"kind:{kind}" for kind in PROFILE.kinds),
    )  # fmt: skip


def test_each_step_after_entering_that_a_member_may_take_is_an_item_in_the_profiles_words() -> None:
    deputy = groups(PROFILE, KINDS, DEPUTY, lang="vi", translate=untranslated)
    chief = groups(PROFILE, KINDS, CHIEF, lang="vi", translate=untranslated)
    assert [(item.box, item.label) for item in deputy[1].items[:1]] == [("step:xac_thuc", "Chờ xác thực")]
    assert [(item.box, item.label) for item in chief[1].items[:1]] == [("step:dang_tai", "Chờ đăng")]


def test_kinds_are_named_in_the_language_of_the_window() -> None:
    tree = groups(PROFILE, KINDS, CHIEF, lang="en", translate=untranslated)
    assert [item.label for item in tree[2].items] == [KINDS[kind].label["en"] for kind in PROFILE.kinds]


def test_only_what_came_back_conflicts_waits_for_a_decision_or_is_urgent_is_hot() -> None:
    tree = groups(PROFILE, KINDS, CHIEF, lang="vi", translate=untranslated)
    counts = dict.fromkeys(boxes(tree), 3) | {"conflicts": 0}
    filled = counted(tree, counts, {"step:dang_tai": 1})
    hot = [item.box for group in filled for item in group.items if item.hot]
    assert hot == ["returned", "step:dang_tai", "cards"]
    assert [item.box for group in filled for item in group.items if item.count is None] == [SYNC]
