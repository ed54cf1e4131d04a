"""What the site reads of publications: in the order of first publication, and never more than is live."""

from server_stub.site import published
from tests.unit.server_stub.house import CULTURE, House, article


def _correct(house: House, entry_id: str, rid: str, content: dict[str, object]) -> None:
    """Publish the entry anew."""
    assert house.outcome("truongban", house.command("revise", entry_id, ver=3)) == ("applied", None)
    op = house.put(entry_id, content, base=rid)
    assert house.outcome("ctv.vanhoa", op) == ("applied", None)
    house.walk(entry_id, op["rid"], to="published", ver=4)


def test_a_correction_does_not_make_old_news_new(house: House) -> None:
    old, rid = house.published(article("Cũ", urgent=True))
    new, _ = house.published(article("Mới"))
    _correct(house, old, rid, article("Cũ, đã sửa", urgent=True))
    with house.database.session() as session:
        db = session.connection()
        live = published.latest(db, limit=5, section=CULTURE)
        assert [item.entry_id for item in live] == [new, old]
        assert live[1].published > live[0].published > live[1].first_published
        newer, older = published.neighbours(db, live[1])
        assert (newer and newer.entry_id, older) == (new, None)
        assert [item.entry_id for item in published.urgent(db, among=2, limit=3)] == [old]
        assert published.urgent(db, among=1, limit=3) == []


def test_the_other_languages_are_those_of_the_live_texts(house: House) -> None:
    story, _ = house.published(article("Đua ghe"))
    english, rid = house.published({**article("Boat races", variant_of=story), "lang": "en"})
    with house.database.session() as session:
        found = published.find(session.connection(), story)
        assert found is not None
        assert [item.entry_id for item in published.variants(session.connection(), found)] == [english]
    _correct(house, english, rid, {**article("Boat races"), "lang": "en"})
    with house.database.session() as session:
        assert published.variants(session.connection(), found) == []
