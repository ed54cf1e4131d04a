"""The proxy of an office: with a password, gone, without a way, named by a script; the member stays signed in."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest
import trustme

from desktop.application.messages import LANGUAGES, sentence
from desktop.domain.errors import NetworkMisconfigured, ProxyFailed
from desktop.sync.client import HttpPortal
from desktop.sync.network import SYSTEM, Way, WayOut
from desktop.sync.vault import KeyringVault
from tests.contract.line.houses import House, Portal, Proxy, Script, of, open_house
from tests.support.offices import CountedClock, SeededChance

ROOT = trustme.CA()
NAME = "cong.invalid"  # only a proxy knows the way there
TOKENS = '{"access": "a1", "refresh": "r1", "refresh_id": ""}'


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[House]:
    with open_house(House(Portal), of(ROOT.issue_cert(NAME)).context(tmp_path)) as house:
        yield house


@pytest.fixture
def trusted(tmp_path: Path) -> tuple[Path, ...]:
    (tmp_path / "root.pem").write_bytes(ROOT.cert_pem.bytes())
    return (tmp_path / "root.pem",)


def client(portal: House, way: Way, *, scheme: str = "https") -> tuple[HttpPortal, KeyringVault]:
    vault = KeyringVault("home", None)
    vault.write("tokens", TOKENS)
    address = f"{scheme}://{NAME if scheme == 'https' else '127.0.0.1'}:{portal.port}"
    clock, chance = CountedClock(), SeededChance()
    return HttpPortal(address, WayOut(lambda: way), vault=vault, clock=clock, chance=chance, version="1"), vault


def nobody() -> int:
    with closing(create_server(("127.0.0.1", 0))) as closed:
        port: int = closed.getsockname()[1]
    return port


def test_a_proxy_is_gone_through(portal: House, trusted: tuple[Path, ...]) -> None:
    with open_house(House(Proxy)) as proxy:
        assert client(portal, Way(f"127.0.0.1:{proxy.port}", trusted))[0].sync({}) == {"x": 1}
        assert proxy.heard == [f"CONNECT {NAME}:{portal.port}"]


def test_a_proxy_that_asks_for_a_password_signs_nobody_out(portal: House, trusted: tuple[Path, ...]) -> None:
    with open_house(House(Proxy, password="can-bo:mật khẩu")) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        for way in (Way(address, trusted), Way(address, trusted, "can-bo", "sai")):
            asking, vault = client(portal, way)
            with pytest.raises(ProxyFailed) as caught:
                asking.sync({})
            assert caught.value.code == "proxy-auth"
            assert vault.read("tokens") == TOKENS
        assert portal.heard == []
        known, _ = client(portal, Way(address, trusted, "can-bo", "mật khẩu"))
        assert known.sync({}) == {"x": 1}


def test_407_of_a_plain_request_is_the_proxys(portal: House) -> None:
    with open_house(House(Proxy, password="a:b")) as proxy:
        asking, vault = client(portal, Way(f"http://127.0.0.1:{proxy.port}"), scheme="http")
        with pytest.raises(ProxyFailed) as caught:
            asking.sync({})
        assert caught.value.code == "proxy-auth"
        assert vault.read("tokens") == TOKENS


@pytest.mark.parametrize("status", [403, 502, 503, 504])
def test_a_proxy_without_a_way_to_the_portal_says_so(portal: House, trusted: tuple[Path, ...], status: int) -> None:
    with open_house(House(Proxy, status=status)) as proxy:
        with pytest.raises(ProxyFailed) as caught:
            client(portal, Way(f"127.0.0.1:{proxy.port}", trusted))[0].sync({})
        assert caught.value.code == "proxy-no-way"


def test_a_dead_proxy_is_told_apart_from_a_dead_network(portal: House, trusted: tuple[Path, ...]) -> None:
    with pytest.raises(ProxyFailed) as caught:
        client(portal, Way(f"127.0.0.1:{nobody()}", trusted))[0].sync({})
    assert caught.value.code == "proxy-gone"


def test_the_systems_proxy_is_used_unless_something_is_set(
    portal: House, trusted: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_house(House(Proxy)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        assert client(portal, Way(SYSTEM, trusted))[0].sync({}) == {"x": 1}
        with open_house(House(Proxy)) as chosen:
            assert client(portal, Way(f"127.0.0.1:{chosen.port}", trusted))[0].sync({}) == {"x": 1}
            assert len(proxy.heard) == len(chosen.heard) == 1


def script(*proxies: str) -> str:
    return f'function FindProxyForURL(url, host) {{ return "{"; ".join(proxies)}"; }}'


def test_a_script_names_the_proxy_and_the_next_one_where_it_is_gone(portal: House, trusted: tuple[Path, ...]) -> None:
    with open_house(House(Proxy)) as proxy:
        named = script(f"PROXY 127.0.0.1:{nobody()}", f"PROXY 127.0.0.1:{proxy.port}")
        with open_house(House(Script, password=named)) as server:
            way = Way(f"pac:http://127.0.0.1:{server.port}/proxy.pac", trusted)
            assert client(portal, way)[0].sync({}) == {"x": 1}
        assert proxy.heard == [f"CONNECT {NAME}:{portal.port}"]
    assert len(portal.heard) == 1


def test_a_script_on_the_disk_and_a_password(portal: House, trusted: tuple[Path, ...], tmp_path: Path) -> None:
    with open_house(House(Proxy, password="can-bo:x")) as proxy:
        (tmp_path / "proxy.pac").write_text(script(f"PROXY 127.0.0.1:{proxy.port}"))
        way = Way(f"pac:{tmp_path / 'proxy.pac'}", trusted, "can-bo", "x")
        assert client(portal, way)[0].sync({}) == {"x": 1}


def test_a_script_whose_proxies_are_all_gone(portal: House, trusted: tuple[Path, ...], tmp_path: Path) -> None:
    (tmp_path / "proxy.pac").write_text(script(f"PROXY 127.0.0.1:{nobody()}"))
    asking, _ = client(portal, Way(f"pac:{tmp_path / 'proxy.pac'}", trusted))
    for _ in range(2):
        with pytest.raises(ProxyFailed) as caught:
            asking.sync({})
        assert caught.value.code == "proxy-gone"


def test_a_script_that_does_not_come_or_is_none(portal: House, trusted: tuple[Path, ...], tmp_path: Path) -> None:
    (tmp_path / "broken.pac").write_text("function FindProxyForURL(")
    (tmp_path / "wrong.pac").write_text(
        'function FindProxyForURL(u, h) { if (h == "0.0.0.0") return "DIRECT"; nothing(); }'
    )
    for place in (f"http://127.0.0.1:{nobody()}/p", str(tmp_path / "broken.pac"), str(tmp_path / "wrong.pac")):
        with pytest.raises(ProxyFailed) as caught:
            client(portal, Way(f"pac:{place}", trusted))[0].sync({})
        assert caught.value.code == "pac"
    with pytest.raises(NetworkMisconfigured):
        client(portal, Way(f"pac:{tmp_path / 'none.pac'}", trusted))[0].sync({})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_trouble_with_a_proxy_has_a_sentence_of_its_own(lang: str) -> None:
    titles = {
        sentence(ProxyFailed(code=code), lang).title for code in ("proxy-auth", "proxy-gone", "proxy-no-way", "pac")
    }
    assert len(titles) == 4
