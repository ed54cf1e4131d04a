"""The public site in a real browser engine: pages of the demo portal at two widths, their pictures in build/public/."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.day.site import Observer, Site
from tests.support.portal_process import PortalProcess, load_demo

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "public"
pytestmark = [pytest.mark.journey, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Home, a section, the search, every published entry, and a page that is not there."""
    folder = tmp_path_factory.mktemp("public")
    passwords = load_demo(folder / "portal.sqlite")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with PortalProcess(folder / "portal.sqlite") as portal:
        entries = Observer(Site(portal.url), "truongban", passwords["truongban"]).entries()
        public = sorted(known.path for known in entries if known.public)
        paths = ["/", "/chuyen-muc/van-ban-quy-pham", "/tim-kiem?q=quy+che", *public]
        done = subprocess.run(
            [sys.executable, "-m", "tests.journeys.reader", str(PICTURES), portal.url, *paths],
            check=False, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "public": public}


def test_every_published_entry_opens_with_its_heading(visit: dict[str, Any]) -> None:
    assert len(visit["public"]) >= 5
    for page in visit["pages"]:
        assert page["loaded"], page["address"]
        assert page["heading"], page["address"]
        assert page["lang"] in {"vi", "en"}, page["address"]


def test_nothing_sticks_out_at_either_width(visit: dict[str, Any]) -> None:
    assert {page["address"]: page["sticks_out"] for page in visit["pages"] if any(page["sticks_out"].values())} == {}


def test_contents_lead_to_their_articles(visit: dict[str, Any]) -> None:
    legal = [page for page in visit["pages"] if "/van-ban/" in page["address"]]
    assert legal
    assert all(page["contents"] > 20 for page in legal)
    assert [page["dead"] for page in visit["pages"] if page["dead"] or page["same_ids"]] == []


def test_the_site_asks_for_nothing_outside_and_complains_of_nothing(visit: dict[str, Any]) -> None:
    assert visit["outside"] == []
    assert visit["complaints"] == []
    assert [page["broken_images"] for page in visit["pages"] if page["broken_images"]] == []


def test_the_theme_is_there(visit: dict[str, Any]) -> None:
    assert all("serif" in page["styled"].lower() for page in visit["pages"]), [
        page["styled"] for page in visit["pages"]
    ]
