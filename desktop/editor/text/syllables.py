"""Which letters make a Vietnamese syllable: onset × rime × tone, by rule; no word list.

Both styles of the tone mark are right where they differ (`hòa`, `hoà`); a mark elsewhere (`hòan`) is not.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

# As Unicode names them: none, huyền, sắc, hỏi, ngã, nặng.
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
_STOPPED = ("", "\u0301", "\u0323")  # written without a mark only in onomatopoeia: left out below
_VOWELS = "aăâeêioôơuưy"
_MARKED = "ăâêôơư"
_TWO_STYLES = {"oa", "oe", "uy"}
_PAIR = 2

_FRONT = "e ê i".split()
# With a rounded glide before the vowel: few onsets take it, and after q it is the u of `qu`.
_GLIDED = """
    oa oai oan oang oanh oat oac oach oam oap oao oay oăm oăn oăng oăt oăc oe oen oeo oet oem
    uê uênh uêch uêt uên uơ uy uya uyên uyêt uyn uynh uyt uych uyu uyp uân uâng uât uây uâc
""".split()
_PLAIN = """
    a ai am an ang anh ao ap at au ay ac ach ăm ăn ăng ăp ăt ăc âm ân âng âp ât âu ây âc
    o oi om on ong op ot oc oong ooc ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt
    u ua ui um un ung up ut uc uôi uôm uôn uông uôt uôc
    ư ưa ưi ưng ưu ưt ưc ươi ươm ươn ương ươp ươt ươc ươu ưm
""".split()
_FRONTED = """
    e em en eng eo ep et ec ê êm ên ênh êp êt êu êch i ia im in inh ip it iu ich
    iêc iêm iên iêng iêp iêt iêu
""".split()
_ALONE = "y yêm yên yêng yêt yêu".split()  # nothing before them
_AFTER_QU = """
    a ai am an ang anh ao ap at au ay ac ach ăm ăn ăng ăp ăt ăc ân âng ât ây âu âp e en eo et ê ên ênh êt êch êu
    i in it y yên yêt ynh yt ych yp yu ơ ơi ôc it ip
""".split()
_AFTER_GI = "ê êng êt êm êp êc êu".split()  # giê… is gi + iê…
_BEFORE_BACK = "c g ng".split()
_BEFORE_FRONT = "k gh ngh".split()
_ANYWHERE = "b ch d đ h kh l m n nh p ph r s t th tr v x".split()
_LABIAL = "b m p ph v".split()  # round already: no glide but in a few loans
_LOANS = "buyt phuy voan moay pơ".split()
_EXPLOSIVE = "c ch p t".split()


@cache
def syllables() -> frozenset[str]:
    """Every syllable in lower case and NFC, in both styles of the tone mark."""
    return frozenset(spelled for onset, rime in _pairs() for spelled in _toned(onset, rime))


def is_syllable(word: str) -> bool:
    """Whether `word` (NFC, any case) can be a Vietnamese syllable."""
    return word.lower() in syllables()


def bare(word: str) -> tuple[str, str]:
    """The letters of `word` in NFC without the tone mark, and the mark ("" for none)."""
    parts = unicodedata.normalize("NFD", word)
    tone = next((char for char in parts if char in TONES[1:]), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts), tone


def restyled(word: str) -> str:
    """`word` with its tone mark where a syllable may carry it (`hòan` → `hoàn`); `word` itself when none fits."""
    plain, tone = bare(word.lower())
    if not tone:
        return word
    fits = sorted(item for item in _spellings().get((plain, tone), ()))
    return fits[0] if fits else word


def newer(pair: str) -> str:
    """`òa` → `oà`: the mark moved from the first to the second of two vowels."""
    first, tone = bare(pair[0])
    return first + unicodedata.normalize("NFC", pair[1] + tone)


@cache
def _spellings() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for item in syllables():
        key = bare(item)
        found[key] = (*found.get(key, ()), item)
    return found


def _pairs() -> Iterator[tuple[str, str]]:
    everywhere = [*_PLAIN, *_FRONTED, *_GLIDED]
    for onset in _ANYWHERE:
        yield from ((onset, rime) for rime in everywhere if rime not in _GLIDED or onset not in _LABIAL)
        yield (onset, "y")
    for onset in _BEFORE_BACK:
        yield from ((onset, rime) for rime in _PLAIN)
    for onset in _BEFORE_FRONT:
        yield from ((onset, rime) for rime in _FRONTED)
    for onset in ("g", "ng"):
        yield from ((onset, rime) for rime in _GLIDED)
    yield from (("", rime) for rime in everywhere + _ALONE)
    yield from (("k", "y"), ("g", "i"), ("g", "in"), *(("gi", rime) for rime in [*_PLAIN, *_AFTER_GI, "e", "em", "eo"]))
    yield from (("qu", rime) for rime in _AFTER_QU)
    yield from (("", loan) for loan in _LOANS)


def _toned(onset: str, rime: str) -> Iterator[str]:
    stopped = rime.endswith(tuple(_EXPLOSIVE))
    for tone in _STOPPED[1:] if stopped else TONES:
        for at in _places(rime):
            yield onset + unicodedata.normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :])


def _places(rime: str) -> tuple[int, ...]:
    """Where the tone mark stands in `rime`: on the marked vowel, else by the number of vowels and what follows."""
    vowels = [at for at, char in enumerate(rime) if char in _VOWELS]
    first = vowels[0]
    marked = [at for at in vowels if rime[at] in _MARKED]
    if marked:
        return (marked[-1],)  # ươ: on ơ
    core = "".join(rime[at] for at in vowels)
    if len(core) == 1:
        return (first,)
    if rime == core and len(core) == _PAIR:
        return (first, first + 1) if core in _TWO_STYLES else (first,)
    return (first + 1,)  # oai, uyu; oan, uynh
