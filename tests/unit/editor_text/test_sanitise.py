"""The allow-list: what stays, what goes, and that nothing changes any more afterwards."""

import json
import re

import html5lib
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.editor.text.sanitise import POLICY, Cleaned, as_text, clean

VECTORS = json.loads(resources.path("contract", "vectors", "render.json").read_text(encoding="utf-8"))["clean"]
PIECES = [
    *(f"<{tag}>" for tag in sorted(POLICY.tags | POLICY.clean_content_tags)),
    *(f"</{tag}>" for tag in sorted(POLICY.tags | POLICY.clean_content_tags)),
    *("<a href='#a'>", "<form>", "<mglyph>", "<mtext>", "<foreignObject>", "<select>", "<!--", "-->", "<![CDATA["),
    *("Điều 1.", " ", "\n", "&lt;", "&#824;", "&#0;", "o\u0323", "<img src=x onerror=alert(1)>", '" onclick="x()'),
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vector(vector: dict[str, str]) -> None:
    assert clean(vector["input"]).html == vector["output"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_what_is_left_is_harmless(vector: dict[str, str]) -> None:
    tree = html5lib.parseFragment(clean(vector["input"]).html, namespaceHTMLElements=False)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in POLICY.tags
            for name, value in element.attrib.items():
                assert name in {"id", "class", "href", "src", "alt", "title", "lang", "start", "type", "scope"} | {
                    *("colspan", "rowspan", "span", "width", "height")
                }
                if name in {"href", "src"}:
                    assert re.match(r"https?://|mailto:|tel:|#[a-z]|/_blob/[0-9a-f]{64}$", value)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_cleaning_settles_whatever_comes(html: str) -> None:
    cleaned = clean(html)
    assert clean(cleaned.html).html == cleaned.html
    assert POLICY.cleaner().clean(cleaned.html) == cleaned.html


@given(st.text())
def test_text_in_angle_brackets_never_fails(text: str) -> None:
    assert clean(f"<p>{text}<{text}></p>").stable in {True, False}


def test_html_that_does_not_settle_is_shown_as_text() -> None:
    assert as_text("<b>đậm & <script>") == "<pre>&lt;b&gt;đậm &amp; &lt;script&gt;</pre>"
    assert clean(as_text("<b>")).stable
    shifting = "<p>a</p><pre>" + "\n" * 9 + "b</pre>"
    assert clean(shifting) == Cleaned(as_text(shifting), stable=False)
    assert clean(clean(shifting).html) == Cleaned(as_text(shifting), stable=True)
    assert clean(as_text("\n\n\nb")) == Cleaned("<pre>b</pre>", stable=True)


def test_the_file_speaks_nh3s_language() -> None:
    data = json.loads(resources.path("contract", "sanitise.json").read_text(encoding="utf-8"))
    assert set(data["description"]) - {"what", "cleaner", "ids", "text"} == set(data) - {"description", "rev"}
    assert not set(data["tags"]) & set(data["clean_content_tags"])
    assert not set(data["tags"]) & {"script", "style", "iframe", "svg", "math", "form", "base", "meta", "link", "h1"}
    assert all("class" not in names for names in data["attributes"].values())
    assert {name for names in data["attributes"].values() for name in names if name.startswith("on")} == set()
    assert isinstance(POLICY.cleaner(), nh3.Cleaner)


def test_ids_of_the_page_around_are_out_of_reach() -> None:
    assert clean('<p id="noi_dung">a</p>').html == "<p>a</p>"
