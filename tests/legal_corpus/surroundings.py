"""What a web page, a legal database, a gazette or a signing program puts around the text of a document."""

from datetime import timedelta

from tests.legal_corpus.kinds import KINDS, Job
from tests.legal_corpus.words import WORDS, Dice, day, filled
from tests.legal_corpus.writer import Writer

UNKNOWN = ("Đang cập nhật", "Đang cập nhập", "")


def metadata(w: Writer, kind: str, job: Job, signer: str) -> str:
    """The header of a legal database; what it does not know is "Đang cập nhật", which is no value."""
    made, loai = job.made, KINDS[kind].loai or "Công văn"
    signed = f"{made.signed:%d/%m/%Y}"
    gazette = made.signed + timedelta(days=w.dice.randint(5, 30))
    effect = w.values.get("ngay_hieu_luc")
    shown = [] if made.blank else [f"{loai} {w.say('so_hieu', made.number)} {job.about}"]
    pairs = [
        ("Số hiệu", "" if made.blank else w.say("so_hieu", made.number)),
        ("Loại văn bản", w.say("loai_van_ban", loai)),
        ("Nơi ban hành", w.say("co_quan_ban_hanh", job.issuer.names[0], *job.issuer.names)),
        ("Người ký", w.say("nguoi_ky", signer)),
        ("Ngày ban hành", "" if made.blank else w.say("ngay_ban_hanh", signed, made.signed.isoformat())),
        ("Ngày hiệu lực", w.say("ngay_hieu_luc", _shown(effect[0])) if effect and w.chance(0.5) else _unknown(w.dice)),
        (
            "Ngày công báo",
            w.say("ngay_cong_bao", f"{gazette:%d/%m/%Y}", gazette.isoformat()) if w.chance(0.4) else _unknown(w.dice),
        ),
        ("Số công báo", w.say("so_cong_bao", _gazette_number(w.dice)) if w.chance(0.4) else _unknown(w.dice)),
        ("Lĩnh vực", w.say("linh_vuc", w.dice.choice(WORDS["fields"])) if w.chance(0.7) else _unknown(w.dice)),
        ("Tình trạng", w.say("tinh_trang", w.dice.choice(WORDS["statuses"])) if w.chance(0.5) else _unknown(w.dice)),
        ("Ngày hết hiệu lực", _unknown(w.dice)),
    ]
    return "\n".join([*shown, *_paired(w.dice, [(name, value or _unknown(w.dice)) for name, value in pairs])])


def gazette(w: Writer, job: Job) -> str:
    printed = job.made.signed + timedelta(days=w.dice.randint(5, 30))
    number = w.say("so_cong_bao", _gazette_number(w.dice))
    return f"{w.dice.randint(2, 60)} CÔNG BÁO/Số {number}/Ngày {w.say('ngay_cong_bao', f'{printed:%d-%m-%Y}', printed.isoformat())}"


def before(dice: Dice) -> str:
    return "\n".join(dice.sample(WORDS["furniture_before"], dice.randint(1, 5)))


def after(dice: Dice) -> str:
    return "\n".join(dice.sample(WORDS["furniture_after"], dice.randint(1, 6)))


def stamp(dice: Dice, office: str) -> str:
    """Names an office, never a person; its time is not the date of the document."""
    moment = day(dice, 2019, 2025)
    office = dice.choice((office, office, "Cổng Thông tin điện tử Chính phủ"))
    return dice.choice(
        (
            f"Người ký: {office}\nEmail: vanthu@example.gov.vn\nCơ quan: {office}\nThời gian ký: {moment:%d.%m.%Y} 10:32:07 +07:00",
            f"Ký bởi: {office}\nThời gian ký: {moment:%d/%m/%Y} 08:15:44",
            f"Signature Not Verified\nĐược ký bởi {office}\nNgày ký: {moment:%d-%m-%Y}",
        )
    )


def unreadable(dice: Dice) -> str:
    """What a wrong encoding or an empty scan leaves."""
    if dice.random() < 0.3:
        return "\n".join(
            "".join(dice.choices("□■▪�|_~^ .", k=dice.randint(10, 60))) for _ in range(dice.randint(5, 40))
        )
    letters = "¸µ¶·¹¨»¾¼½ÆÊÇÈÉ®Ì§©ßÝ×ÞÑÐÎÏ�?#@~"
    text = " ".join(filled("{topic}", dice) for _ in range(dice.randint(10, 40)))
    return "".join(dice.choice(letters) if letter.isalpha() and dice.random() < 0.75 else letter for letter in text)


def _shown(iso: object) -> str:
    year, month, date = str(iso).split("-")
    return f"{date}/{month}/{year}"


def _gazette_number(dice: Dice) -> str:
    first = dice.randint(1, 900)
    return dice.choice((str(first), f"{first} + {first + 1}", f"Từ số {first} đến số {first + 3}"))


def _unknown(dice: Dice) -> str:
    return dice.choice(UNKNOWN)


def _paired(dice: Dice, pairs: list[tuple[str, str]]) -> list[str]:
    """One to a line, two to a line, or a table."""
    match dice.choice(("one", "two", "tab", "markdown")):
        case "one":
            return [f"{name}: {value}" for name, value in pairs]
        case "two":
            texts = [f"{name}: {value}" for name, value in pairs]
            return [" ".join(texts[place : place + 2]) for place in range(0, len(texts), 2)]
        case "tab":
            return [f"{name}:\t{value}" for name, value in pairs]
    return [f"| **{name}** | {value} |" for name, value in pairs]
