"""A portal with a bad certificate hears nothing, and the member is told which of the reasons it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from desktop.application.messages import LANGUAGES, sentence
from desktop.domain.errors import NetworkMisconfigured, NotTrusted, Offline
from desktop.sync import certificates
from desktop.sync.client import HttpPortal
from desktop.sync.network import DIRECT, Way, WayOut
from desktop.sync.vault import KeyringVault
from tests.contract.line.houses import CLIENT_ONLY, DAY, NOW, House, Papers, Portal, of, open_house, revoking, self_made
from tests.support.offices import CountedClock, SeededChance
from tests.support.proxy import FaultProxy, Weather

TOKENS = '{"access": "a1", "refresh": "r1", "refresh_id": ""}'
ROOT = trustme.CA(organization_name="So Thong tin")
STRANGE = trustme.CA(organization_name="Tuong lua")


class ClockOfNextYear(CountedClock):
    """Later than the day on which this program was built, whenever that is."""

    def now(self) -> str:
        return f"{NOW.year + 1}-03-01T08:00:00.000000Z"


def client(port: int, way: Way, *, clock: CountedClock | None = None) -> HttpPortal:
    vault = KeyringVault("home", None)
    vault.write("tokens", TOKENS)
    return HttpPortal(
        f"https://localhost:{port}", WayOut(lambda: way), vault=vault, clock=clock or ClockOfNextYear(), chance=SeededChance(), version="1"
    )  # fmt: skip


@contextmanager
def portal_with(papers: Papers, folder: Path) -> Iterator[House]:
    with open_house(House(Portal), papers.context(folder)) as house:
        yield house


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The one authority that the administrator has added."""
    path = tmp_path / "root.pem"
    path.write_bytes(ROOT.cert_pem.bytes())
    return path


def missing_intermediate() -> Papers:
    leaf = ROOT.create_child_ca().issue_cert("localhost")
    return Papers(leaf.cert_chain_pems[0].bytes(), leaf.private_key_pem.bytes())


def issued_by_a_leaf() -> Papers:
    """A certificate that is no authority has signed another."""
    return self_made(issuer=ROOT, purpose=CLIENT_ONLY)


BAD: dict[str, tuple[Callable[[], Papers], str]] = {
    "expired": (
        lambda: of(ROOT.issue_cert("localhost", not_before=NOW - 9 * DAY, not_after=NOW - DAY)),
        "certificate-expired",
    ),
    "not yet valid": (
        lambda: of(ROOT.issue_cert("localhost", not_before=NOW + DAY, not_after=NOW + 9 * DAY)),
        "certificate-early",
    ),
    "another host": (lambda: of(ROOT.issue_cert("cong.invalid")), "certificate-host"),
    "another address": (lambda: of(ROOT.issue_cert("127.0.0.2")), "certificate-host"),
    "self-signed": (self_made, "certificate-self-signed"),
    "unknown authority": (lambda: of(STRANGE.issue_cert("localhost")), "certificate-chain"),
    "interception": (
        lambda: of(STRANGE.issue_cert("localhost"), more=STRANGE.cert_pem.bytes()),
        "certificate-private-root",
    ),
    "no intermediate": (missing_intermediate, "certificate-chain"),
    "weak key": (lambda: self_made(bits=1024, issuer=ROOT), "certificate-weak"),
    "wrong purpose": (issued_by_a_leaf, "certificate-purpose"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_certificate_is_named_and_nothing_is_sent(kind: str, root: Path, tmp_path: Path) -> None:
    papers, code = BAD[kind]
    with portal_with(papers(), tmp_path) as house:
        with pytest.raises(NotTrusted) as caught:
            client(house.port, Way(DIRECT, (root,))).sync({})
        assert house.heard == []
    assert caught.value.code == code
    for lang in LANGUAGES:
        said = sentence(caught.value, lang)
        assert said.todo
        assert "…" not in str(said)
    assert "Chưa gửi gì." in sentence(caught.value).what


def test_a_revoked_certificate_is_named(root: Path, tmp_path: Path) -> None:
    papers = of(ROOT.issue_cert("localhost"))
    revoked = tmp_path / "revoked.pem"
    revoked.write_bytes(revoking(ROOT, papers))
    with portal_with(papers, tmp_path) as house:
        assert client(house.port, Way(DIRECT, (root,))).sync({}) == {"x": 1}
        with pytest.raises(NotTrusted) as caught:
            client(house.port, Way(DIRECT, (root, revoked))).sync({})
        assert len(house.heard) == 1
    assert caught.value.code == "certificate-revoked"


def test_an_authority_that_the_administrator_added_is_trusted_and_no_other(root: Path, tmp_path: Path) -> None:
    with portal_with(of(ROOT.create_child_ca().issue_cert("localhost")), tmp_path) as house:
        with pytest.raises(NotTrusted):
            client(house.port, Way(DIRECT)).sync({})
        assert client(house.port, Way(DIRECT, (root,))).sync({}) == {"x": 1}
        assert house.heard == ["/v1/sync Bearer a1"]


def test_the_trust_store_of_the_system_is_asked(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(root))
    with portal_with(of(ROOT.issue_cert("localhost")), tmp_path) as house:
        assert client(house.port, Way(DIRECT)).sync({}) == {"x": 1}


class ClockOf2015(CountedClock):
    def now(self) -> str:
        return "2015-03-01T08:00:00.000000Z"


@pytest.mark.parametrize("kind", ["expired", "not yet valid"])
def test_a_clock_before_this_program_was_built_is_the_clocks_fault(kind: str, root: Path, tmp_path: Path) -> None:
    with portal_with(BAD[kind][0](), tmp_path) as house, pytest.raises(NotTrusted) as caught:
        client(house.port, Way(DIRECT, (root,)), clock=ClockOf2015()).sync({})
    assert caught.value.code == certificates.CLOCK
    assert sentence(caught.value).title == "Đồng hồ máy tính sai"
    assert "01/03/2015" in sentence(caught.value).what


def test_a_wrong_clock_excuses_nothing_else(root: Path, tmp_path: Path) -> None:
    with portal_with(BAD["another host"][0](), tmp_path) as house, pytest.raises(NotTrusted) as caught:
        client(house.port, Way(DIRECT, (root,)), clock=ClockOf2015()).sync({})
    assert caught.value.code == "certificate-host"


def test_the_program_was_not_built_tomorrow() -> None:
    assert (NOW + timedelta(hours=14)).date() >= certificates.BUILT


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", [*certificates.CODES, "tls"])
def test_every_reason_has_a_sentence_of_its_own(code: str, lang: str) -> None:
    said = [sentence(NotTrusted(code=other, today="1"), lang) for other in (code, "certificate")]
    assert said[0].title
    assert (said[0] == said[1]) is (code == "certificate")


def test_what_speaks_no_tls_is_no_certificate(root: Path) -> None:
    with open_house(House(Portal)) as house, pytest.raises(NotTrusted) as caught:
        client(house.port, Way(DIRECT, (root,))).sync({})
    assert caught.value.code == "tls"


@pytest.mark.parametrize("last", [1, 300, 900])
def test_a_line_cut_within_tls_counts_as_offline(last: int, root: Path, tmp_path: Path) -> None:
    with portal_with(of(ROOT.issue_cert("localhost")), tmp_path) as house, FaultProxy(house.port, opaque=True) as line:
        line.weather = Weather(cut_down=(last, last))
        with pytest.raises(Offline):
            client(line.port, Way(DIRECT, (root,))).sync({})


def test_a_certificate_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "root.pem"
    way = Way(DIRECT, (path,))
    portal = client(1, way)
    with pytest.raises(NetworkMisconfigured) as caught:
        portal.sync({})
    assert str(path) in sentence(caught.value).what
    path.write_text("no certificate")
    with pytest.raises(NetworkMisconfigured):
        portal.sync({})
    path.write_bytes(ROOT.cert_pem.bytes())
    with pytest.raises(Offline):
        portal.sync({})
