"""Old bytes of a Unicode text, by other people's tables: GNU recode (VNI, VPS), glibc (VISCII, TCVN), Python (Windows-1258)."""

import re
import subprocess
import unicodedata
from pathlib import Path

ROOT = Path(__file__).parents[2]
_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
LETTERS = frozenset(_VOWELS + _VOWELS.upper()) | frozenset(map(chr, range(0x20, 0x7F))) | {"\n"}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# Fonts draw a toned capital from the small letter: TCVN3 has only these seven of its own.
_TCVN3_CAPITALS = frozenset("ĂÂÊÔƠƯĐ")
# recode has two VNI capitals the wrong way round, and none of these in VPS.
_RECODES_FAULTS = {("VNI", "Ắ"): b"A\xc9", ("VNI", "Ằ"): b"A\xc8", ("VPS", "Ỗ"): b"\x99"}
NAMES = ("tcvn3", "vni-windows", "viscii", "vps", "windows-1258")


def regulations() -> dict[str, str]:
    """The five texts, with what the old sets never had (typographic dashes and quotes) made plain."""
    folder = ROOT / "resources" / "texts"
    texts = {path.name: unicodedata.normalize("NFC", path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))}
    return {name: "".join(char if char in LETTERS else " " for char in text) for name, text in texts.items()}


def encoded(text: str, charset: str) -> bytes:
    """`text` (of LETTERS only) as an old program wrote it."""
    if charset == "windows-1258":
        return "".join(map(_marked, text)).encode("cp1258")
    if charset == "tcvn3":
        small = "".join(char if char.isascii() or char in _TCVN3_CAPITALS else char.lower() for char in text)
        return _run(["iconv", "-f", "UTF-8", "-t", "TCVN5712-1"], small)
    if charset == "viscii":
        return _run(["iconv", "-f", "UTF-8", "-t", "VISCII"], text)
    name = "VNI" if charset == "vni-windows" else "VPS"
    data = b""
    for part in re.split("([ẮẰỖ])", text):
        data += _RECODES_FAULTS.get((name, part)) or _run(["recode", "-f", f"UTF-8..{name}"], part)
    return data


def seen(data: bytes, codec: str) -> str:
    """What a program shows that takes the bytes for Latin-1 or Windows-1252 (undefined bytes stay, as browsers have it)."""
    if codec == "latin-1":
        return data.decode("latin-1")
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def _marked(char: str) -> str:
    """Windows-1258 writes the tone as a letter of its own."""
    split = unicodedata.normalize("NFD", char)
    tones = [part for part in split if part in _TONES]
    return unicodedata.normalize("NFC", "".join(part for part in split if part not in _TONES)) + "".join(tones)


def _run(command: list[str], text: str) -> bytes:
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
