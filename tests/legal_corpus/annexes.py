"""What follows the signature: the attached regulation; annexes with tables, forms and footnotes, whose Điều do not count."""

from tests.legal_corpus import frame
from tests.legal_corpus.articles import ANNEX, REGULATION, ROMAN, heading, regulation
from tests.legal_corpus.issuers import Issuer
from tests.legal_corpus.words import WORDS, long_date, sentence
from tests.legal_corpus.writer import Writer


def attached(w: Writer, about: str, made: frame.Numbering, issuer: Issuer) -> list[str]:
    """Its title, the line that says with what it was issued, its Điều."""
    name = about.removeprefix("ban hành ")
    kind = next(word for word in WORDS["attached"] if name.startswith(word))
    lines = [
        kind.upper(),
        name.removeprefix(kind).strip().upper() if w.chance(0.6) else name.removeprefix(kind).strip().capitalize(),
    ]
    return [*lines, _issued_with(w, "Quyết định", made, issuer), *regulation(w, REGULATION)]


def annexes(w: Writer, made: frame.Numbering, loai: str) -> list[list[str]]:
    """Seldom one or two."""
    found = []
    if w.chance(0.2):
        found.append(
            [
                f"PHỤ LỤC {ROMAN[0]}",
                w.dice.choice(WORDS["chapters"]),
                f"(Kèm theo {loai} này)",
                *_table(w),
                "1. Ghi chú chung.",
                "a) Ghi theo mẫu;",
            ]
        )
    if w.chance(0.12):
        found.append(_form(w))
    if w.chance(0.05):
        found.append(
            [
                "PHỤ LỤC II",
                "HỢP ĐỒNG MẪU",
                *(line for n in (1, 2, 3) for line in (heading(w, ANNEX, n, "Nội dung hợp đồng"), sentence(w.dice))),
            ]
        )
    if w.chance(0.06):
        found.append(
            [
                f"[{n}] Điều này được sửa đổi theo quy định tại Điều {n} Quyết định số {n + 7}/{made.signed.year}/QĐ-UBND."
                for n in (1, 2)
            ]
        )
    return found


def _issued_with(w: Writer, loai: str, made: frame.Numbering, issuer: Issuer) -> str:
    opening = w.dice.choice(("Ban hành kèm theo", "Kèm theo"))
    office = w.say("co_quan_ban_hanh", issuer.names[0], *issuer.names)
    if made.blank:
        tail = made.number.partition("/")[2]
        return f"({opening} {loai} số    /{tail} ngày   tháng   năm {made.signed.year} của {office})"
    number = w.dice.choice(("số ", "số: ", "số:")) + w.say("so_hieu", made.number)
    dated = w.say("ngay_ban_hanh", long_date(made.signed, padded=w.padded), made.signed.isoformat())
    return f"({opening} {loai} {number} {dated} của {office})"


def _table(w: Writer) -> list[str]:
    rows = [
        ("STT", "Nội dung", "Mức thu (đồng)"),
        *((str(n), w.dice.choice(WORDS["items"]).format(n=n), f"{n}50.000") for n in (1, 2, 3)),
    ]
    match w.dice.choice(("markdown", "html", "tab")):
        case "markdown":
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            return [lines[0], "|---|---|---|", *lines[1:]]
        case "html":
            return [
                "<table>",
                *("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows),
                "</table>",
            ]
    return ["\t".join(row) for row in rows]


def _form(w: Writer) -> list[str]:
    """A form has a motto, a number and a signature of its own, all blank."""
    return [
        "Mẫu số 01",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "......, ngày ... tháng ... năm ......",
        "ĐƠN ĐỀ NGHỊ",
        f"Kính gửi: {w.dice.choice(WORDS['agencies'])}",
        "Tên tôi là: ..............................",
        "1. Nội dung đề nghị: ....................",
        "a) Hồ sơ gồm có: ........................",
        "NGƯỜI LÀM ĐƠN",
        "(Ký, ghi rõ họ tên)",
    ]
