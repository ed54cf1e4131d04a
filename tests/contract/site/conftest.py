"""The real application over a portal in memory, with some of everything published."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI

from server_stub.app import create_app
from server_stub.core.blobs import store_blob
from server_stub.settings import Settings
from tests.contract.site.asking import Answer, ask
from tests.unit.server_stub.house import LEGAL, QUICK, House, article, build

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
PDF = b"%PDF-1.7 " + bytes(64)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def attachment(data: bytes, name: str, role: str = "attachment") -> dict[str, Any]:
    return {"sha256": digest(data), "size": len(data), "name": name, "alt": "", "role": role}


def law(title: str = "Quyết định ban hành Quy chế", **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """A complete legal document with two articles."""
    facts = {
        "title": title, "section": LEGAL, "so_hieu": "17/2011/QĐ-UBND", "loai_van_ban": "Quyết định",
        "co_quan_ban_hanh": "Ủy ban nhân dân tỉnh", "ngay_ban_hanh": "2011-06-06", "tinh_trang": "Còn hiệu lực",
        "source": {"name": "Công báo"}, "body": "Điều 1. Phạm vi\n\nĐiều 2. Hiệu lực\n", **fields,
    }  # fmt: skip
    html = '<h4 class="dieu" id="dieu-1">Điều 1. Phạm vi</h4>\n<h4 class="dieu" id="dieu-2">Điều 2. Hiệu lực</h4>'
    return {"kind": "legal-document", "lang": "vi", "fields": facts, "html": {"body": html}, "attachments": []}


@dataclass
class Site:
    """The application, and the portal's desk behind it."""

    app: FastAPI
    house: House

    def get(self, address: str, **more: Any) -> Answer:  # noqa: ANN401
        return ask(self.app, address, **more)

    def keep(self, data: bytes) -> None:
        """Store a blob as a contributor's upload."""
        with self.house.database.session() as session:
            store_blob(
                session, self.app.state.portal.files, digest(data), data=data, member_id="u-ctv.vanhoa", now=self.house.stamp(),
            )  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    """An installed portal where nothing is published yet."""
    app = create_app(Settings("sqlite://", passwords=QUICK))
    app.state.portal.close()
    house = build()
    app.state.portal.database = house.database
    yield Site(app, house)
    house.database.close()


@dataclass
class Shown:
    """Ids of what stands on the full site."""

    site: Site
    urgent: str
    story: str
    english: str
    law: str


@pytest.fixture
def shown(site: Site) -> Shown:
    """A site with an urgent notice, a story with a picture and a file, its English version, a law, and 30 more."""
    house = site.house
    site.keep(PNG)
    site.keep(PDF)
    law_id, _ = house.published(law())
    for number in range(30):
        house.later(minutes=7)
        house.published(article(f"Tin số {number}", summary="Tóm tắt <b>&amp;"))
    story = article(
        'Lễ hội "đua ghe" & <chợ nổi>',
        summary="Một dòng",
        event_date="2026-11-20",
        html=f'<p>Sông nước.</p>\n<figure><img alt="Ghe" src="/_blob/{digest(PNG)}"></figure>',
    )
    story["attachments"] = [attachment(PNG, "ghe.png", "image"), attachment(PDF, "Chương trình lễ hội.pdf")]
    story_id, _ = house.published(story)
    english_id, _ = house.published({**article("Boat races", variant_of=story_id), "lang": "en"})
    urgent_id, _ = house.published(article("Xả lũ lúc 14 giờ", urgent=True))
    return Shown(site, urgent_id, story_id, english_id, law_id)
