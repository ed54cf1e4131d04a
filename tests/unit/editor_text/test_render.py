"""Rendering against the shared vectors, and what articles must survive."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from desktop.domain.digest import canonical
from desktop.editor.text.html_text import Heading, contents, plain_text
from desktop.editor.text.render import RENDER_REV, MarkdownRenderer
from desktop.editor.text.sanitise import POLICY

RENDERER = MarkdownRenderer()
VECTORS = json.loads(resources.path("contract", "vectors", "render.json").read_text(encoding="utf-8"))["render"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['dialect']}: {vector['name']}")
def test_vector(vector: dict[str, str]) -> None:
    dialect: Literal["prose", "legal"] = "legal" if vector["dialect"] == "legal" else "prose"
    html = RENDERER.render(vector["text"], dialect)
    assert html == vector["html"]
    assert POLICY.cleaner().clean(html) == html
    html5lib.HTMLParser(strict=True).parseFragment(html)


def test_the_revision_of_the_renderer() -> None:
    assert RENDERER.rev == RENDER_REV == 1


@given(st.text())
def test_any_article_gives_storable_settled_html(text: str) -> None:
    html = RENDERER.render(text, "prose")
    assert POLICY.cleaner().clean(html) == html
    assert canonical(html)


@given(st.text(alphabet=st.sampled_from("ab \n-*_`#>[]()!|<>&1.:^/\\")))
def test_any_markdown_gives_settled_html(text: str) -> None:
    html = RENDERER.render(text, "prose")
    assert POLICY.cleaner().clean(html) == html


def test_one_renderer_serves_many_threads() -> None:
    texts = [f"## Mục {n}\n\n[^1] **{n}**\n\n[^1]: chú thích {n}" for n in range(40)]
    alone = [MarkdownRenderer().render(text, "prose") for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: RENDERER.render(text, "prose"), texts))
    assert together == alone


def test_a_part_that_does_not_settle_does_not_take_the_rest_along() -> None:
    hostile = "<div><pre>" + "\n \n" * 9 + "b</pre></div>"
    html = RENDERER.render(f"Trước\n\n{hostile}\n\nSau", "prose")
    assert POLICY.cleaner().clean(html) == html
    assert plain_text(html).startswith("Trước")
    assert plain_text(html).endswith("Sau")
    assert "&lt;div&gt;" in html


@pytest.mark.parametrize("dialect", ["prose", "legal"])
@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" " * n + "- x" for n in range(300)),
        ">" * 5000 + "x",
        "[a](" * 500,
        "*a **b " * 500,
        "<div>\n" * 900 + "x" + "\n</div>" * 900,
        "<table>\n" * 2000,
    ],
    ids=["lists", "quotes", "links", "emphasis", "blocks", "tables"],
)
def test_absurd_nesting_is_survived(text: str, dialect: Literal["prose", "legal"]) -> None:
    html = RENDERER.render(text, dialect)
    assert POLICY.cleaner().clean(html) == html
    assert RENDERER.render("sau", dialect) == "<p>sau</p>"


def test_contents_and_text_of_html() -> None:
    html = '<h2 id="a">Chương I<br>\nQUY ĐỊNH &amp; <em>khác</em></h2><h3>không id</h3><p>x<br>y</p><h4 id="b">B</h4>'
    assert contents(html) == (Heading("a", 2, "Chương I QUY ĐỊNH & khác"), Heading("b", 4, "B"))
    assert plain_text(html) == "Chương I\nQUY ĐỊNH & khác\nkhông id\nx\ny\nB"
    assert plain_text("<table><tr><td>1. a</td><td><p>b</p></td></tr></table>") == "| 1. a | b"
