"""Three versions of a text, made as people make them: two copies of a base, each with a few paragraphs changed."""

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Triple:
    """Paragraphs of the three."""

    base: list[str]
    mine: list[str]
    theirs: list[str]


@st.composite
def triples(draw: st.DrawFn) -> Triple:
    """From texts of two words over and over to texts whose paragraphs are all different."""
    words = [f"p{number}" for number in range(draw(st.sampled_from([2, 4, 12, 40])))]
    some = st.lists(st.sampled_from(words), max_size=10)
    base = draw(some if draw(st.booleans()) else st.permutations(words).map(lambda order: order[:10]))
    return Triple(base, draw(edited(base, words)), draw(edited(base, words)))


@st.composite
def edited(draw: st.DrawFn, base: list[str], words: list[str]) -> list[str]:
    """Up to four paragraphs replaced, added, taken out or moved; a new paragraph may be one that stands elsewhere."""
    text = list(base)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(text)))
        new = draw(st.sampled_from([*words, "a", "b"]))
        match draw(st.sampled_from(["replace", "add", "remove", "move"])):
            case "add":
                text.insert(place, new)
            case "replace" if place < len(text):
                text[place] = new
            case "remove" if place < len(text):
                del text[place]
            case "move" if place < len(text):
                moved = text.pop(place)
                text.insert(draw(st.integers(0, len(text))), moved)
    return text
