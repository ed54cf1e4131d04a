"""A picture as it may be published: known by its content, upright, no larger than the page needs, and silent about where it was taken.

Source: sync-protocol.md X3, X7; QĐ 2567/2007/QĐ-UBND Điều 8.2 (forms of content).
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.domain.errors import BadContent, Rule

if TYPE_CHECKING:
    # A twentieth of the start of the program, and most days bring no picture: loaded with the first one.
    from PIL import Image

LONGEST = 2_000  # pixels of the longer side, where the theme says nothing: twice the width of the text
MOST_PIXELS = 50_000_000
MOST_BYTES = 60 * 1024 * 1024
# What every browser shows; everything else that can be read becomes one of these.
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}
_READ = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")  # a JPEG of several pictures (MPO) is read as a JPEG
_SVG = (b"<svg", b"<!doctype svg")
# Refused in plain words: few browsers show it, and the library that reads it brings an encoder under the GPL along.
_HEIC = (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftypavif")
_ALIKE = {"jpg": frozenset({"jpg", "jpeg", "jpe"})}
_QUALITY = 88
_ORIENTATION = 0x0112


@dataclass(frozen=True)
class Cleaned:
    """`data` has the digest `sha256`. `shrunk`: it was larger; `stripped`: it told more than the picture (EXIF, GPS, XMP, text)."""

    data: bytes
    sha256: str
    ending: str
    width: int
    height: int
    shrunk: bool = False
    stripped: bool = False


class PictureFitter:
    """The application's port `Pictures`."""

    def knows(self, head: bytes) -> bool:
        return is_picture(head)

    def fit(self, data: bytes, *, name: str, longest: int | None) -> tuple[bytes, str]:
        made = cleaned(data, longest=longest or LONGEST)
        stem, dot, ending = name.rpartition(".")
        same = ending.lower() in _ALIKE.get(made.ending, {made.ending})
        return made.data, name if dot and same else f"{stem if dot else name}.{made.ending}"


def is_picture(data: bytes) -> bool:
    """Whether the first bytes are those of a picture that `cleaned` looks at, SVG and phone formats included."""
    head = data[:512]
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"))
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or head[4:12] in _HEIC
        or _is_svg(data)
    )


def cleaned(data: bytes, *, longest: int = LONGEST) -> Cleaned:
    """The picture ready to be attached. The same bytes give the same result.

    BadContent: `image-type` (no picture, or a format that browsers do not show), `image-heic` (a phone's), `image-svg` (a program),
    `image-too-large` (by its header: nothing is decoded), `image-broken`.
    """
    if _is_svg(data):
        raise BadContent(Rule("image-svg"))
    if data[4:12] in _HEIC:
        raise BadContent(Rule("image-heic"))
    if len(data) > MOST_BYTES:
        raise BadContent(Rule("image-too-large", params={"limit": f"{MOST_BYTES // 2**20} MiB"}))
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  heavy, see above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the size is judged here, and damaged EXIF is thrown away
            with Image.open(io.BytesIO(data), formats=_READ) as image:
                return _made(image, data, longest=longest)
    except UnidentifiedImageError as error:
        raise BadContent(Rule("image-type"), str(error)) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as error:
        raise BadContent(Rule("image-broken"), repr(error)) from error
    except (Image.DecompressionBombError, MemoryError) as error:
        raise BadContent(Rule("image-too-large", params={"limit": _pixels()}), str(error)) from error


def _made(image: "Image.Image", data: bytes, *, longest: int) -> Cleaned:
    from PIL import Image, ImageOps  # noqa: PLC0415  heavy, see above

    width, height = image.size
    frames = getattr(image, "n_frames", 1) if image.format in {"GIF", "WEBP"} else 1
    if width * height * min(frames, 500) > MOST_PIXELS * (4 if frames > 1 else 1):
        raise BadContent(Rule("image-too-large", params={"limit": _pixels()}), f"{width}×{height}×{frames}")
    told = _tells(image)
    if frames > 1:
        return _moving(image, data, told=told)
    source = image.format or ""
    turned = ImageOps.exif_transpose(image)
    shrunk = max(turned.size) > longest
    if shrunk:
        turned.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    ending, made = _written(turned, source, untouched=not shrunk and turned.size == image.size and _is_upright(image))
    return Cleaned(made, hashlib.sha256(made).hexdigest(), ending, *turned.size, shrunk=shrunk, stripped=told)


def _written(image: "Image.Image", source: str, *, untouched: bool) -> tuple[str, bytes]:
    """Encoded anew without anything but pixels and their colour space. (ending, bytes)"""
    kind = source if source in _ENDINGS else "JPEG" if source == "MPO" or _is_photo(image) else "PNG"
    colours = image.info.get("icc_profile")
    image.info = {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
    image.getexif().clear()
    out = io.BytesIO()
    if kind == "JPEG":
        if image.mode not in {"L", "RGB", "CMYK"}:
            image = image.convert("RGB")
        if untouched and image.format == "JPEG":
            image.save(out, "JPEG", quality="keep", icc_profile=colours, exif=b"", optimize=True)
        else:
            image.save(out, "JPEG", quality=_QUALITY, icc_profile=colours, exif=b"", optimize=True, progressive=True)
    elif kind == "WEBP":
        image.save(out, "WEBP", quality=_QUALITY, icc_profile=colours or b"", exif=b"", xmp=b"")
    else:
        image.save(out, kind, icc_profile=colours, exif=b"", optimize=True) if kind == "PNG" else image.save(out, kind)
    return _ENDINGS[kind], out.getvalue()


def _moving(image: "Image.Image", data: bytes, *, told: bool) -> Cleaned:
    """An animation keeps its frames; only what it tells besides goes."""
    del data
    kind = image.format or "GIF"
    image.info.pop("comment", None)
    out = io.BytesIO()
    image.save(out, kind, save_all=True, exif=b"", xmp=b"") if kind == "WEBP" else image.save(out, kind, save_all=True)
    made = out.getvalue()
    return Cleaned(made, hashlib.sha256(made).hexdigest(), _ENDINGS[kind], *image.size, stripped=told)


def _tells(image: "Image.Image") -> bool:
    """Whether the file says more than what is seen."""
    return bool(
        len(image.getexif()) or {"xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Comment"} & image.info.keys()
    )


def _is_upright(image: "Image.Image") -> bool:
    return bool(image.getexif().get(_ORIENTATION, 1) == 1)


def _is_photo(image: "Image.Image") -> bool:
    """Whether a format that browsers do not show is better kept as JPEG: colour and no transparency."""
    return image.mode in {"RGB", "CMYK", "YCbCr"}


def _is_svg(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(_SVG) or (head.startswith((b"<?xml", b"<!--")) and b"<svg" in head)


def _pixels() -> str:
    return f"{MOST_PIXELS // 1_000_000} Mpx"
