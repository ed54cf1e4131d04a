"""Contents lists and bare text from approved HTML."""

from server_stub.site.headings import headings, plain


def test_headings_with_an_id_are_listed_in_order_with_their_whole_text() -> None:
    html = (
        '<h2 id="a">Một <em>hai</em><br>ba &amp; bốn</h2><h3>không</h3><h5 id="x">no</h5>\n<h4 id="b"> Điều\n 5 </h4>'
    )
    assert headings(html) == [
        {"id": "a", "level": 2, "text": "Một hai ba & bốn"},
        {"id": "b", "level": 4, "text": "Điều 5"},
    ]


def test_a_heading_inside_a_heading_belongs_to_both() -> None:
    found = headings('<h2 id="a">Một <div><h3 id="b">hai</h3></div> ba</h2>')
    assert [item["text"] for item in found] == ["Một hai ba", "hai"]


def test_plain_text_keeps_blocks_apart_and_inline_parts_together() -> None:
    assert plain("<p>Một<b>hai</b></p><ul><li>ba</li><li>bốn</li></ul>&lt;năm&gt;") == "Mộthai ba bốn <năm>"
