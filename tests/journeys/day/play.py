"""The scenes of the day, in order: written without a network, sent, corrected, returned, resubmitted, published, read by anybody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from tests.journeys.day.counting import Road
from tests.journeys.day.findings import Findings
from tests.journeys.day.member import Member
from tests.journeys.day.site import Known, Observer, Site
from tests.journeys.day.story import (
    ARTICLE,
    AUTHOR,
    CHIEF,
    CORRECTED,
    DEPUTY,
    NEW_PASSWORD,
    REASON,
    Regulation,
)
from tests.journeys.eyes import wait_until

VERIFY: Final = "step:xac_thuc"
PUBLISH: Final = "step:dang_tai"
OFFLINE: Final = "Ngoại tuyến"
SUPPLEMENT: Final = "bản đã ký, hiệu lực theo Điều 2"
STRAIGHT: Final = ("submit", "approve", "approve")
RETURNED: Final = ("submit", "return", "submit", "approve", "approve")


class Line(Protocol):
    """The portal's process, which may be away."""

    @property
    def url(self) -> str: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


@dataclass
class Day:
    """What the scenes work with. `seat(username)` opens that member's window; `say` prints a step."""

    line: Line
    passwords: Mapping[str, str]
    regulations: Sequence[Regulation]
    seat: Callable[[str], Member]
    rest: Callable[[], None]
    say: Callable[[str], None]
    pictures: Path
    findings: Findings = field(default_factory=Findings)
    _shots: int = 0

    @property
    def titles(self) -> list[str]:
        return [ARTICLE.title, *(one.title for one in self.regulations)]

    @property
    def sent_back(self) -> str:
        """The entry that the deputy returns: the first regulation, if there is one."""
        return self.regulations[0].title if self.regulations else ""

    def shoot(self, member: Member, name: str) -> None:
        self._shots += 1
        member.picture(self.pictures / f"{self._shots:02}-{name}.png")


def roads(day: Day) -> dict[str, Road]:
    """What must have happened to each entry of the day by its end."""
    made = {ARTICLE.title: Road(2, STRAIGHT)}
    for one in day.regulations:
        made[one.title] = Road(2, RETURNED) if one.title == day.sent_back else Road(1, STRAIGHT)
    return made


def play(day: Day) -> None:
    """The whole day; the first thing that does not show as it should ends it."""
    author = first_sign_in(day)
    written_offline(day, author)
    line_comes_back(day, author)
    deputy = day.seat(DEPUTY)
    verified(day, deputy)
    if day.sent_back:
        resubmitted(day, author, deputy)
    published(day)
    read_by_anybody(day)


def first_sign_in(day: Day) -> Member:
    day.say(f"{AUTHOR} signs in for the first time and must choose a password")
    author = day.seat(AUTHOR)
    day.shoot(author, "sign-in")
    author.sign_in(day.line.url, AUTHOR, day.passwords[AUTHOR], new=NEW_PASSWORD)
    author.go_to("kind:article")
    author.refresh_until(author.titles, what="what the portal has published")
    day.shoot(author, "first-sync")
    return author


def written_offline(day: Day, author: Member) -> None:
    day.say("the line goes down; the portal does not answer any more")
    day.line.stop()
    author.refresh_until(lambda: author.words("status.network").startswith(OFFLINE), what="the status bar to say so")
    day.say("an article is written in the window, key by key, and sent for verification")
    author.begin("article")
    author.write_article(ARTICLE)
    author.until_saved()
    day.shoot(author, "article-offline")
    author.forward()
    author.waits(2)
    for number, one in enumerate(day.regulations, 2):
        day.say(f"regulation {one.name} is entered as a legal document: {one.title[:60]}…")
        author.begin("legal-document")
        author.enter_regulation(one)
        author.until_saved()
        day.shoot(author, f"regulation-{one.name}")
        author.forward()
        author.waits(2 * number)
    author.go_to("submitted")
    wait_until(lambda: set(day.titles) <= set(author.titles()), what="everything sent to stand in the list")
    day.shoot(author, "waiting-offline")


def line_comes_back(day: Day, author: Member) -> None:
    day.say("the line comes back; what waited goes up")
    day.line.start()
    author.send_all()
    day.shoot(author, "line-is-back")
    _all_hidden(day, "waiting")


def verified(day: Day, deputy: Member) -> None:
    day.say(f"{DEPUTY} corrects the article and verifies it")
    deputy.sign_in(day.line.url, DEPUTY, day.passwords[DEPUTY])
    deputy.open(VERIFY, ARTICLE.title)
    day.shoot(deputy, "queue-of-the-deputy")
    deputy.click("button.edit")
    deputy.replace(*CORRECTED)
    deputy.until_saved()
    day.shoot(deputy, "correction")
    deputy.forward()
    for one in day.regulations:
        deputy.open(VERIFY, one.title)
        if one.title == day.sent_back:
            day.say(f"regulation {one.name} goes back with a reason")
            deputy.send_back(REASON)
        else:
            day.say(f"regulation {one.name} is verified")
            deputy.forward()
        deputy.gone_from_list(one.title)
    deputy.send_all()
    day.shoot(deputy, "queue-is-empty")
    _all_hidden(day, "waiting", besides=day.sent_back)


def resubmitted(day: Day, author: Member, deputy: Member) -> None:
    day.say("the author reads the reason, mends the text and sends it again")
    author.open("returned", day.sent_back)
    author.read("inspector.remark", REASON)
    day.shoot(author, "returned")
    author.write("field.source.name", f"{day.regulations[0].facts['source.name']} ({SUPPLEMENT})")
    author.until_saved()
    author.forward()
    author.send_all()
    deputy.open(VERIFY, day.sent_back)
    deputy.forward()
    deputy.gone_from_list(day.sent_back)
    deputy.send_all()


def published(day: Day) -> None:
    day.say(f"{CHIEF} publishes")
    chief = day.seat(CHIEF)
    chief.sign_in(day.line.url, CHIEF, day.passwords[CHIEF])
    for number, title in enumerate(day.titles):
        chief.open(PUBLISH, title)
        if number < 2:
            day.shoot(chief, "queue-of-the-chief")
        chief.forward()
        chief.gone_from_list(title)
    chief.send_all()
    chief.go_to("kind:legal-document")
    day.shoot(chief, "published")


def read_by_anybody(day: Day) -> None:
    day.say("the public site is read over HTTP")
    site = Site(day.line.url, rest=day.rest)
    entries = Observer(site, CHIEF, day.passwords[CHIEF]).entries()
    article = _one(day, entries, ARTICLE.title)
    if article is not None:
        lines = [line.replace(*CORRECTED) for line in ARTICLE.lines]
        day.findings.judge_article(site, article, lines)
    for one in day.regulations:
        known = _one(day, entries, one.title)
        if known is not None:
            day.findings.judge_regulation(site, known, one)
    day.findings.judge_hidden(site, entries)


def _one(day: Day, entries: Sequence[Known], title: str) -> Known | None:
    found = [known for known in entries if known.title == title]
    if len(found) != 1 or not found[0].public:
        day.findings.differences.append(f"{title!r}: {[known.phase for known in found]} instead of one published entry")
        return None
    return found[0]


def _all_hidden(day: Day, phase: str, *, besides: str = "") -> None:
    """Everything of the day stands in `phase` at the portal, and nobody can read it."""
    site = Site(day.line.url, rest=day.rest)
    entries = Observer(site, CHIEF, day.passwords[CHIEF]).entries()
    mine = [known for known in entries if known.title in day.titles]
    wrong = [f"{known.title}: {known.phase}" for known in mine if known.phase != phase and known.title != besides]
    missing = set(day.titles) - {known.title for known in mine} - {besides}
    day.findings.differences += [f"expected {phase}: {line}" for line in (*wrong, *sorted(missing))]
    day.findings.judge_hidden(site, mine)
