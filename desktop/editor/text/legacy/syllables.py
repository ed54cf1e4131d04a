"""Whether letters can be one Vietnamese syllable: onset, rime and tone. Evidence of a character set, no spelling check."""

import unicodedata
from functools import lru_cache

_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()) | {""}
_RIMES = frozenset(
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu "
    "i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uôc uôi uôm uôn uông uôt uơ up ut "
    "uy uya uych uyên uyêt uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu".split()
)
_AFTER_QU = frozenset("ych ynh yt yu ya".split())
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPS = ("c", "ch", "p", "t")
_STOPPED = frozenset("\u0301\u0323")  # a rime that is cut short has no other tone
_LONGEST = 7


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) can be read as one syllable; the place of the tone mark is not looked at."""
    if not 0 < len(word) <= _LONGEST:
        return False
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        (tones if char in _TONES else letters).append(char)
    base = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1:
        return False
    tone = tones[0] if tones else ""
    if base.startswith("qu") and base[2:] in _AFTER_QU:
        return tone in _STOPPED or not base.endswith(_STOPS)
    return any(_fits(base[cut:], tone) for cut in range(min(3, len(base)), -1, -1) if base[:cut] in _ONSETS)


def _fits(rime: str, tone: str) -> bool:
    return rime in _RIMES and (tone in _STOPPED or not rime.endswith(_STOPS))
