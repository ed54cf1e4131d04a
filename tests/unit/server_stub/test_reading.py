"""What a member may read outside the feed: a batch holds what fits, whoever asks."""

import pytest

from server_stub.core import reading
from server_stub.core.people import load_person
from server_stub.core.reading import reader_for
from tests.unit.server_stub.house import ECONOMY, House, article


def test_only_what_goes_into_a_batch_fills_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a large entry that is left out nor one that the member does not see keeps the small ones out."""
    body = "x" * 5_000
    small = [house.draft()[0] for _ in range(2)]
    hidden = house.draft("ctv.kinhte", article(section=ECONOMY, body=body))[0]
    left_out = house.draft(content=article(body=body))[0]
    later = house.draft()[0]
    monkeypatch.setattr(reading, "MAX_BATCH_CHARS", 4_000)
    with house.database.session() as session:
        db = session.connection()
        person = load_person(db, "u-ctv.vanhoa")
        assert person is not None
        reader = reader_for(db, person, now=house.stamp())
        found = reader.batch([*small, hidden, left_out, later])
        alone = reader.batch([left_out])
    assert [view.told["entry"]["entry_id"] for view in found] == [*small, later]
    assert [view.told["entry"]["entry_id"] for view in alone] == [left_out]
