"""What can be a Vietnamese syllable: onset × rime × tone, in both styles of the tone mark and in no other."""

import unicodedata

import pytest

from desktop.editor.text.syllables import TONES, is_syllable, restyled, syllables


@pytest.mark.parametrize(
    "words",
    [
        "hòa hoà ủy uỷ khỏe khoẻ thủy thuỷ tùy tuỳ",  # both styles
        "nghiêng khuỷu ngoằn ngoèo quyết quý quốc giếng gì giữa uyển chuyển khuya loẹt hoạch huỳnh",
        "yêu ý kỷ niệm lý xoong quần soóc huýt buýt phuy gìn đường ươm ưa ỉa",
        "Điều KHOẢN Ủy nghị",
    ],
)
def test_syllables(words: str) -> None:
    assert [word for word in words.split() if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "words",
    [
        "hòan qủa gịa họăc tưởơng",  # the mark where it never stands
        "hp tnh trkết tchức sđịnh quQuy thng đxuất ng",  # half-read
        "dich mat hỏc tẩp",  # a stopped rime takes sắc or nặng only
        "nge gha ceo kan qan ngiêng",  # spelling of k, gh, ngh, qu
        "moan bân2 fax website zalo jun",
    ],
)
def test_not_syllables(words: str) -> None:
    assert [word for word in words.split() if is_syllable(word)] == []


def test_every_syllable_is_in_its_stored_form_and_carries_one_tone_at_most() -> None:
    for item in syllables():
        assert unicodedata.normalize("NFC", item) == item
        assert sum(unicodedata.normalize("NFD", item).count(tone) for tone in TONES[1:]) <= 1


def test_a_misplaced_mark_is_put_right() -> None:
    assert [restyled(word) for word in ("hòan", "qủa", "gịa", "bàn", "xyz")] == ["hoàn", "quả", "giạ", "bàn", "xyz"]
