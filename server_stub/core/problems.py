"""Errors of a whole request, RFC 9457; what concerns one operation is an outcome instead.

Problem(code, detail, extra)     status and title come from the table below
"""

from collections.abc import Mapping
from typing import Final

TYPE_PREFIX: Final = "https://toasoan.invalid/problems/"

TITLES: Final[Mapping[str, tuple[int, str]]] = {
    "invalid-request": (400, "Yêu cầu không hợp lệ"),
    "client-too-old": (400, "Phần mềm Tòa Soạn quá cũ"),
    "token-expired": (401, "Phiên đăng nhập đã hết hạn"),
    "device-revoked": (401, "Thiết bị đã bị thu hồi quyền"),
    "bad-credentials": (401, "Sai tên đăng nhập hoặc mật khẩu"),
    "password-change-required": (403, "Phải đổi mật khẩu lần đầu"),
    "actor-mismatch": (403, "Phiên đăng nhập thuộc người khác"),
    "forbidden": (403, "Không có quyền"),
    "not-found": (404, "Không tìm thấy"),
    "method-not-allowed": (405, "Phương thức không được phép"),
    "upload-offset-mismatch": (409, "Tệp đang tải ở vị trí khác"),
    "upload-expired": (410, "Lượt tải tệp đã hết hạn"),
    "tus-version": (412, "Cần tus 1.0.0"),
    "epoch-changed": (409, "Máy chủ đã được phục hồi"),
    "device-cloned": (409, "Thiết bị này có hai bản sao"),
    "too-large": (413, "Dữ liệu quá lớn"),
    "unsupported-media-type": (415, "Kiểu dữ liệu không được hỗ trợ"),
    "weak-password": (422, "Mật khẩu chưa đạt yêu cầu"),
    "file-refused": (422, "Tệp không được nhận"),
    "checksum-mismatch": (422, "Dữ liệu không khớp mã băm"),
    "rate-limited": (429, "Quá nhiều lần thử"),
    "internal": (500, "Lỗi của máy chủ"),
    "maintenance": (503, "Máy chủ đang bảo trì"),
    "storage-full": (507, "Máy chủ hết chỗ lưu"),
}


class Problem(Exception):  # noqa: N818 - the RFC's own word
    """A refusal of a whole request."""

    def __init__(
        self, code: str, detail: str, *, status: int | None = None, extra: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(f"{code}: {detail}")
        default, self.title = TITLES[code]
        self.status = status if status is not None else default
        self.code = code
        self.detail = detail
        self.extra: dict[str, object] = dict(extra or {})

    def body(self, instance: str) -> dict[str, object]:
        """The members of `application/problem+json`; `instance` is the request's id."""
        return {
            "type": TYPE_PREFIX + self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            **self.extra,
        }
