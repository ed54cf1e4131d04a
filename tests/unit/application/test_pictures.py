"""A picture that is attached is made fit to be published at the one door that every file comes through."""

import io
from pathlib import Path

import pytest
from PIL import Image

from desktop.application.drafting import Drafting
from desktop.application.freezing import Tools
from desktop.domain.digest import Json
from desktop.domain.errors import BadContent, NotFound
from desktop.domain.ids import EntryId
from desktop.editor.text.images import PictureFitter
from tests.support.offices import Office, SeededChance


def photo(size: tuple[int, int] = (60, 30)) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "MayAnh"
    made = io.BytesIO()
    Image.new("RGB", size, "olive").save(made, "JPEG", exif=exif)
    return made.getvalue()


def door(office: Office) -> Drafting:
    tools = Tools(office.clock, SeededChance(7), office.renderer, PictureFitter())
    return Drafting(office.store, tools, office.announced.append)


def attached(office: Office, entry_id: EntryId) -> dict[str, Json]:
    (file,) = office.drafting.open(entry_id).attachments
    return dict(file)


def test_where_a_photo_was_taken_does_not_come_in(tmp_path: Path) -> None:
    office = Office()
    entry_id = office.article()
    path = tmp_path / "ảnh.jpg"
    path.write_bytes(photo())
    sha256 = door(office).attach(entry_id, name=path.name, data=path, role="image")
    with office.store.read() as work:
        kept = work.blobs.read(sha256)
    assert kept is not None
    assert b"MayAnh" not in kept
    assert attached(office, entry_id)["size"] == len(kept)


def test_the_stamped_original_is_kept_as_it_is(tmp_path: Path) -> None:
    office = Office()
    entry_id = office.article()
    path = tmp_path / "ban-goc.jpg"
    path.write_bytes(photo())
    sha256 = door(office).attach(entry_id, name=path.name, data=path, role="original")
    with office.store.read() as work:
        assert work.blobs.read(sha256) == photo()


def test_the_theme_says_how_large() -> None:
    office = Office()
    entry_id = office.article()
    with office.store.write() as work:
        rev = work.feed.value("bundle_rev") or ""
        bundle = work.feed.bundle(rev)
        assert bundle is not None
        work.feed.put_bundle("b" * 64, {**bundle, "theme": {"id": "chuan", "images": {"longest": 50}}})
        work.feed.set_value("bundle_rev", "b" * 64)
    sha256 = door(office).attach(entry_id, name="to.png", data=photo((400, 200)), role="image")
    with office.store.read() as work, Image.open(io.BytesIO(work.blobs.read(sha256) or b"")) as image:
        assert image.size == (50, 25)
    assert attached(office, entry_id)["name"] == "to.jpg"  # by its content


def test_a_drawing_that_is_a_program_is_refused_and_nothing_changes() -> None:
    office = Office()
    entry_id = office.article()
    with pytest.raises(BadContent) as refused:
        door(office).attach(entry_id, name="x.png", data=b"<svg onload='x'/>", role="image")
    assert refused.value.rule.code == "image-svg"
    assert office.drafting.open(entry_id).attachments == ()


def test_who_made_it_and_what_it_shows() -> None:
    office = Office()
    entry_id = office.article()
    sha256 = office.drafting.attach(entry_id, name="a.pdf", data=b"%PDF-1.4", source="Văn phòng", licence="CC BY 4.0")
    assert (attached(office, entry_id)["source"], attached(office, entry_id)["licence"]) == ("Văn phòng", "CC BY 4.0")
    office.drafting.describe(entry_id, sha256, alt="Lễ khai trương", source="Phòng Tin", licence="")
    file = attached(office, entry_id)
    assert (file["alt"], file["source"], file["licence"], file["name"]) == ("Lễ khai trương", "Phòng Tin", "", "a.pdf")
    with pytest.raises(NotFound):
        office.drafting.describe(entry_id, "0" * 64, alt="", source="", licence="")
