"""`toasoan files`: what of the files on this machine nothing speaks of any more, and what a text names that is not here."""

from pathlib import Path

from desktop.application.desk import Desk
from desktop.application.records import Lost, Swept
from desktop.cli.parser import Arguments
from desktop.domain.digest import Json
from desktop.wiring import open_desk, sweep_files

_KIB = 1024


def look_after(given: Arguments) -> tuple[dict[str, Json], str]:
    """Opened first, so that a damaged home is recovered before anybody says what it speaks of."""
    with open_desk(given.home) as desk:
        lost, asked = _lost(desk, ask=given.fetch)
    swept = sweep_files(given.home, remove=given.clean)
    return _data(swept, lost, asked), "\n".join([*_stored(swept), *_missing(lost, asked)])


def _lost(desk: Desk, *, ask: bool) -> tuple[list[Lost], int]:
    return list(desk.incoming.lost()), desk.incoming.ask_again() if ask else 0


def _data(swept: Swept, lost: list[Lost], asked: int) -> dict[str, Json]:
    return {
        "files": swept.files, "bytes": swept.size, "unused": [{"sha256": name, "bytes": size} for name, size in swept.unused],
        "young": swept.young, "left_over": swept.left_over, "left_over_bytes": swept.left_over_size, "removed": swept.removed,
        "unread": swept.unread, "originals": swept.originals, "originals_bytes": swept.originals_size,
        "lone_originals": [str(path) for path in swept.lone], "asked": asked,
        "missing": [
            {"entry": one.entry_id, "title": one.title, "name": one.name, "sha256": one.sha256, "portal": one.portal}
            for one in lost
        ],
    }  # fmt: skip


def _stored(swept: Swept) -> list[str]:
    size = sum(size for _name, size in swept.unused)
    count = (
        f"{len(swept.unused)} tệp ({_size(size)}) không còn bản thảo, bản đăng, lịch sử hay bản sao lưu nào nhắc đến"
    )
    rest = f"{swept.left_over} tệp dở dang ({_size(swept.left_over_size)})"
    lines = [f"Trên máy này có {swept.files} tệp đính kèm, {_size(swept.size)}."]
    if swept.unread:
        lines.append(
            f"Không xóa gì: không đọc được {_shown(swept.unread)}, có thể còn nhắc đến các tệp này. Chuyển tệp đó đi nơi khác rồi thử lại."
        )
    elif swept.removed:
        lines.append(f"Đã xóa {count}; {rest}.")
    elif swept.unused or swept.left_over:
        lines.append(f"Xóa được {count}; {rest}: thêm --clean để xóa.")
    else:
        lines.append("Không có gì để xóa.")
    if swept.young:
        lines.append(f"{swept.young} tệp không còn được nhắc đến nhưng chưa đủ 60 ngày thì giữ lại.")
    if swept.originals:
        lines.append(f"Ảnh gốc giữ thêm: {swept.originals} tệp, {_size(swept.originals_size)}; không bao giờ tự xóa.")
    lines += [f"  ảnh gốc của ảnh không còn dùng: {path}" for path in swept.lone]
    return lines


def _missing(lost: list[Lost], asked: int) -> list[str]:
    lines = [f"Thiếu trên máy này: {len(lost)} tệp."] if lost else []
    for one in lost:
        todo = (
            "Cổng có thể còn: --fetch để xin lại ở lần đồng bộ sau"
            if one.portal
            else "chưa lên Cổng: đính kèm lại từ tệp gốc"
        )
        lines.append(f"  {one.name} ({one.title or one.entry_id}): {todo}")
    return [*lines, f"Sẽ xin lại {asked} tệp ở lần đồng bộ sau."] if asked else lines


def _size(count: int) -> str:
    return f"{count / _KIB / _KIB:.1f} MiB".replace(".", ",") if count >= _KIB * _KIB else f"{-(-count // _KIB)} KiB"


def _shown(path: str) -> str:
    return Path(path).name
