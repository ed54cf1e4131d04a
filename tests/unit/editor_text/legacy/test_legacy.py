"""Old Vietnamese text comes back as it was written, and nothing else is touched; other people's tables are the judge."""

import random
import subprocess
import sys
import unicodedata

import pytest

from desktop.editor.text.legacy.charsets import charsets
from desktop.editor.text.legacy.convert import to_unicode
from desktop.editor.text.legacy.decoding import text_of
from tests.support.old_bytes import LETTERS, NAMES, encoded, regulations, seen

TEXTS = regulations()
VIEWS = ("latin-1", "cp1252")


def test_the_tables_know_every_letter_as_others_have_it() -> None:
    """One letter in a line of plain ones, so that the table alone decides."""
    wrong = []
    for name in NAMES:
        own = sorted(char for char in LETTERS if not char.isascii())
        if name == "tcvn3":
            own = [char for char in own if char.islower() or char in "ĂÂÊÔƠƯĐ"]
        old = [line.decode("latin-1") for line in encoded("\n".join(own), name).split(b"\n")]
        wrong += [(name, char) for char, was in zip(own, old, strict=True) if charsets()[name].convert(was) != char]
    assert wrong == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("charset", NAMES)
def test_a_regulation_in_an_old_set_comes_back(charset: str, view: str) -> None:
    name, text = random.choice(sorted(TEXTS.items()))  # noqa: S311  another one at every run; the run's seed is printed
    made = to_unicode(seen(encoded(text, charset), view))
    lines = list(zip(text.split("\n"), made.text.split("\n"), strict=True))
    if charset == "tcvn3":  # whether "Tổ" stood in capitals is told by the words beside it alone
        lines = [(was.lower(), now.lower()) for was, now in lines]
    wrong = [(was, now) for was, now in lines if was != now]
    # 004 is a scan with letters lost: where a syllable is broken, a quotation mark may have been a letter.
    assert len(wrong) <= (2 if name == "004.txt" else 0), wrong[:3]
    assert {one.charset for one in made.detected} == {charset}


@pytest.mark.parametrize("charset", NAMES)
def test_bytes_of_a_file_are_read_like_what_is_seen(charset: str) -> None:
    text = TEXTS["002.txt"]
    assert text_of(encoded(text, charset)).text.lower() == text.lower()


def test_a_document_put_together_from_several_is_read_paragraph_by_paragraph() -> None:
    """Where one paragraph is too short to tell, it stays as it is or is told to be doubtful: never something else."""
    lines = [line for text in TEXTS.values() for line in text.split("\n") if len(line) > 40]
    picked = random.sample(lines, 120)
    olds = [random.choice(NAMES) for _ in picked]  # noqa: S311
    mixed = [seen(encoded(line, old), "cp1252") for line, old in zip(picked, olds, strict=True)]
    made = to_unicode("\n".join(mixed))
    doubtful = {made.text.count("\n", 0, one.start) for one in made.detected if one.doubtful}
    silent = [
        (was, now)
        for at, (was, old, now) in enumerate(zip(picked, mixed, made.text.split("\n"), strict=True))
        if now.lower() not in {was.lower(), old.lower()} and at not in doubtful
    ]
    assert silent == []
    assert sum(was.lower() == now.lower() for was, now in zip(picked, made.text.split("\n"), strict=True)) >= 110


def test_utf8_written_twice_comes_back_and_so_does_what_was_written_three_times() -> None:
    text = TEXTS["001.txt"]
    twice = seen(text.encode(), "cp1252")
    assert to_unicode(twice).text == text
    assert to_unicode(seen(twice.encode(), "cp1252")).text == text


def test_loose_marks_are_put_together() -> None:
    text = TEXTS["003.txt"]
    made = to_unicode(unicodedata.normalize("NFD", text))
    assert made.text == text
    assert {(one.charset, one.by) for one in made.detected} == {("nfd", "marks")}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_unicode_stays_as_it_is(name: str) -> None:
    made = to_unicode(TEXTS[name])
    assert (made.text, made.detected) == (TEXTS[name], ())


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox; naïve café, résumé © 2020, 5 µm ± 3°, £5, §12.",
        "Là où il était né à l'école, l'été dernier, où même la forêt brûlait.",
        "El señor compró una piñata en España mañana; ¿qué más?",
        "Größe über alles: für die schönen Mädchen und Äpfel.",
        "São Paulo não é a capital; à noite há pão e maçã.",
        "På åen bor øen, blåbær og smør.",
        "def f(x): return 'é' if x != ° else «y»  # ±1",
        "© ® ™ § ¶ · « » ¼ ½ ¾ µ ß",
        "Và có là à, hay là không?",
        "e-mail: a.b@c.gov.vn, https://x.vn/?q=%C3%A0&r=©",
    ],
)
def test_other_languages_and_code_stay_as_they_are(text: str) -> None:
    made = to_unicode(text)
    assert (made.text, made.detected) == (text, ())


def test_the_sources_of_this_program_stay_as_they_are() -> None:
    code = subprocess.run(
        [sys.executable, "-c", "import inspect, email.charset, locale; print(inspect.getsource(locale))"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert text_of(code).detected == ()


@pytest.mark.parametrize(
    ("old", "text"),
    [
        ("B¸o c¸o tµi chÝnh", "Báo cáo tài chính"),
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("Th«ng t\u00ad h\u00adíng dÉn cña Thñ t\u00adíng", "Thông tư hướng dẫn của Thủ tướng"),
        ("n\u2212íc nhµ lµ cña ta", "nước nhà là của ta"),  # out of a PDF
        ("Tæ tr\u00adëng Tæ biªn tËp", "Tổ trưởng Tổ biên tập"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("UÛY BAN NHAÂN DAÂN TÆNH", "ỦY BAN NHÂN DÂN TỈNH"),
        (
            "Tỉnh Tiền Giang: B¸o c¸o tµi chÝnh n¨m 2015 của UBND",
            "Tỉnh Tiền Giang: Báo cáo tài chính năm 2015 của UBND",
        ),
        ("Cá»™ng hÃ²a xÃ£ há»™i", "Cộng hòa xã hội"),
    ],
)
def test_lines_as_offices_have_them(old: str, text: str) -> None:
    made = to_unicode(old)
    assert made.text == text
    assert not any(one.doubtful for one in made.detected)


def test_what_is_too_little_to_tell_is_left_and_marked() -> None:
    made = to_unicode("VIÖT NAM")
    assert made.text == "VIÖT NAM"
    assert [(one.charset, one.doubtful, one.was) for one in made.detected] == [("tcvn3", True, "VIÖT NAM")]


def test_a_word_that_lost_a_letter_is_marked_in_its_place() -> None:
    made = to_unicode("Th«ng t\u00ad h\u00adíng dÉn cña Thñ tíng")  # the soft hyphen of the last word is gone
    doubtful = [one for one in made.detected if one.doubtful]
    assert [(made.text[one.start : one.end], one.was) for one in doubtful] == [("tớng", "tíng")]


def test_a_lost_byte_of_utf8_is_marked() -> None:
    made = to_unicode("lÃ  mÃ´t viá»‡c")  # the no-break space of "à" became a blank
    assert made.text == "là môt việc"
    assert [one.doubtful for one in made.detected] == [True]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_files_that_say_what_they_are(codec: str) -> None:
    assert text_of("Độc lập – Tự do".encode(codec)).text == "Độc lập – Tự do"


def test_any_bytes_are_read_somehow() -> None:
    for _ in range(200):
        text_of(random.randbytes(random.randrange(80)))  # noqa: S311
