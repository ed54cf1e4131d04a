"""What concerns the whole home is told until it is read, or asked until it is answered."""

from collections.abc import Mapping

import pytest

from desktop.application.notices import Notices, agreed, settle, tell
from desktop.domain.errors import NotFound, Rule
from tests.support.offices import Office

QUESTION, NEWS = Rule("mass-removal", params={"count": "340", "total": "1200"}), Rule("portal-restored")


@pytest.fixture
def office() -> Office:
    made = Office()
    with made.store.write() as work:
        tell(work, QUESTION, at="2026-11-22T09:00:00Z", asks=True)
        tell(work, NEWS, at="2026-11-22T09:01:00Z")
        tell(work, NEWS, at="2026-11-22T09:02:00Z")
    return made


@pytest.fixture
def notices(office: Office) -> Notices:
    return Notices(office.store, office.announced.append)


def allowed(office: Office) -> Mapping[str, str] | None:
    with office.store.read() as work:
        return agreed(work, "mass-removal")


def test_one_of_a_code_the_latest(notices: Notices) -> None:
    assert [(item.rule, item.created, item.asks) for item in notices.open()] == [
        (QUESTION, "2026-11-22T09:00:00Z", True),
        (NEWS, "2026-11-22T09:02:00Z", False),
    ]


def test_yes_allows_until_it_is_done(office: Office, notices: Notices) -> None:
    notices.confirm("mass-removal")
    assert [item.rule.code for item in notices.open()] == ["portal-restored"]
    assert allowed(office) == QUESTION.params
    with office.store.write() as work:
        settle(work, "mass-removal")
    assert allowed(office) is None
    assert office.announced[-1].lists


def test_no_allows_nothing(office: Office, notices: Notices) -> None:
    notices.decline("mass-removal")
    assert allowed(office) is None
    with pytest.raises(NotFound):
        notices.decline("mass-removal")


def test_a_question_is_answered_and_news_are_read(notices: Notices) -> None:
    with pytest.raises(NotFound):
        notices.dismiss("mass-removal")
    with pytest.raises(NotFound):
        notices.confirm("portal-restored")
    notices.dismiss("portal-restored")
    assert [item.rule.code for item in notices.open()] == ["mass-removal"]
