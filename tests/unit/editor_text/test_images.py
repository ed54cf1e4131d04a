"""A picture comes in upright, no larger than wanted, and tells nothing of where it was taken."""

import io

import pytest
from PIL import Image

from desktop.domain.errors import BadContent
from desktop.editor.text.images import PictureFitter, cleaned, is_picture


def photo(size: tuple[int, int] = (120, 80), *, orientation: int = 1, kind: str = "JPEG") -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "MayAnh"
    exif.get_ifd(0x8825)[2] = (11.0, 32.0, 0.0)
    made = io.BytesIO()
    image.save(made, kind, exif=exif)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_nothing_is_told_besides_the_picture(kind: str) -> None:
    made = cleaned(photo(kind=kind))
    with Image.open(io.BytesIO(made.data)) as image:
        assert len(image.getexif()) == 0
    assert b"MayAnh" not in made.data
    assert made.stripped
    assert cleaned(photo(kind=kind)).sha256 == made.sha256


def test_it_stands_upright() -> None:
    made = cleaned(photo(orientation=6))
    assert (made.width, made.height) == (80, 120)
    with Image.open(io.BytesIO(made.data)) as image:
        red, green, _ = image.convert("RGB").getpixel((75, 5))  # type: ignore[misc]  # RGB: three numbers
        assert (red > 200, green < 100) == (True, True)  # the red corner has gone from the left to the right


def test_it_is_as_large_as_the_theme_wants() -> None:
    made = cleaned(photo((3000, 1500)), longest=1000)
    assert (made.width, made.height, made.shrunk) == (1000, 500, True)
    assert not cleaned(photo((900, 500)), longest=1000).shrunk


def test_an_animation_keeps_its_frames() -> None:
    data = io.BytesIO()
    frames = [Image.new("RGB", (6, 6), shade) for shade in ("red", "lime", "blue")]
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:], comment=b"nguoi chup")
    made = cleaned(data.getvalue())
    with Image.open(io.BytesIO(made.data)) as image:
        assert image.n_frames == 3  # type: ignore[attr-defined]  # of animations
    assert b"nguoi chup" not in made.data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image-svg"),
        (b"<?xml version='1.0'?><!-- x --><svg/>", "image-svg"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "image-heic"),
        (b"\x00\x00\x00\x18ftypmif1" + bytes(40), "image-heic"),
        (photo((400, 300))[:1500], "image-broken"),
        (b"MZ" + bytes(100), "image-type"),
    ],
)
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(BadContent) as refused:
        cleaned(data)
    assert refused.value.rule.code == code


def test_the_kind_is_told_by_the_content() -> None:
    assert is_picture(photo())
    assert not is_picture(b"%PDF-1.7")
    fitter = PictureFitter()
    assert fitter.fit(photo(kind="PNG"), name="anh.jpg", longest=None)[1] == "anh.png"
    assert fitter.fit(photo(), name="Ảnh.JPEG", longest=None)[1] == "Ảnh.JPEG"
