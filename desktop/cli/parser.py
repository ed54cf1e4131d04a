"""The command line's grammar: one table of verbs, each with its arguments."""

import argparse
import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from desktop.settings import default_home

Arguments = argparse.Namespace

Option = tuple[tuple[str, ...], Mapping[str, object]]

_ENTRY: Option = (("entry",), {"help": "mã mục (id) hoặc phần đầu của mã"})
_JSON: Option = (("--json",), {"action": "store_true", "help": "in JSON theo resources/contract/cli.json"})
_PASSWORD: Option = (
    ("--password-stdin",),
    {"action": "store_true", "help": "đọc mật khẩu từ đầu vào chuẩn, cho riêng lần chạy này"},
)
_REASON: Option = (("--reason",), {"required": True, "help": "lý do"})
_READ: Option = (("--read",), {"metavar": "RID", "help": "mã bản đã đọc; bản khác thì không duyệt"})

_STEP: Option = (
    ("--step",),
    {"metavar": "BƯỚC", "help": "bước đang chờ khi đọc (show); đã sang bước khác thì không làm"},
)

_CODE: Option = (("code",), {"help": "mã của thông báo, như lệnh notices in ra"})

VERBS: Mapping[str, tuple[str, tuple[Option, ...]]] = {
    "sign-in": ("đăng nhập Cổng", ((("portal",), {"help": "địa chỉ Cổng"}), (("username",), {}), _PASSWORD)),
    "password": (
        "đổi mật khẩu (dòng 1: cũ, dòng 2: mới, từ đầu vào chuẩn)",
        ((("portal",), {}), (("username",), {}), _PASSWORD),
    ),
    "new": (
        "tạo bản nháp",
        (
            (("kind",), {"help": "loại nội dung: article, legal-document…"}),
            (("--set",), {"action": "append", "default": [], "metavar": "TRƯỜNG=GIÁ TRỊ"}),
            (("--file",), {"action": "append", "default": [], "metavar": "TRƯỜNG=TỆP"}),
            (("--lang-of-text",), {"default": "vi", "choices": ["vi", "en"]}),
        ),
    ),
    "list": (
        "liệt kê",
        (
            (
                ("box",),
                {"nargs": "?", "default": "all", "help": "drafts, returned, submitted, step:<bước>, kind:<loại>…"},
            ),
            (("--limit",), {"type": int, "default": 50}),
        ),
    ),
    "show": ("xem một mục", (_ENTRY,)),
    "edit": (
        "sửa bản nháp",
        (
            _ENTRY,
            (("--set",), {"action": "append", "default": [], "metavar": "TRƯỜNG=GIÁ TRỊ"}),
            (("--file",), {"action": "append", "default": [], "metavar": "TRƯỜNG=TỆP"}),
        ),
    ),
    "submit": ("gửi xác thực", (_ENTRY,)),
    "recall": ("rút lại", (_ENTRY,)),
    "approve": ("xác thực hoặc đăng tải, tùy bước đang chờ", (_ENTRY, _READ, _STEP)),
    "return": ("trả lại kèm lý do", (_ENTRY, _REASON, _STEP)),
    "revise": ("mở bản đã đăng để sửa", (_ENTRY,)),
    "unpublish": ("gỡ khỏi Cổng", (_ENTRY, _REASON)),
    "conflict": (
        "xem và giải quyết xung đột; đánh dấu đã đọc bản gộp",
        (
            _ENTRY,
            (("--keep",), {"choices": ["mine", "theirs"], "help": "giữ nguyên cả bản của một bên"}),
            (("--answers",), {"type": Path, "metavar": "TỆP", "help": "JSON: head, mine, choices (docs/cli.md)"}),
            (("--preview",), {"action": "store_true", "help": "chỉ xem kết quả của --answers"}),
            (("--read",), {"action": "store_true", "help": "bản gộp đã được đọc lại"}),
        ),
    ),
    "discard": ("bỏ bản nháp chưa từng gửi", (_ENTRY,)),
    "attach": (
        "đính kèm tệp",
        (
            _ENTRY,
            (("path",), {"type": Path}),
            (("--role",), {"default": "attachment"}),
            (("--alt",), {"default": "", "help": "mô tả ảnh"}),
            (("--source",), {"default": "", "help": "tác giả hoặc nguồn"}),
            (("--licence",), {"default": "", "help": "giấy phép"}),
            (("--keep-original",), {"action": "store_true", "help": "giữ thêm ảnh gốc trên máy này (không gửi đi)"}),
        ),
    ),
    "sync": ("đồng bộ với Cổng", (_PASSWORD,)),
    "network": (
        "xem hoặc đặt đường ra mạng: proxy, cơ quan chứng thực của đơn vị",
        (
            (("--proxy",), {"metavar": "PROXY", "help": "system, none, http://máy:cổng, pac:http://… hoặc pac:TỆP"}),
            (("--proxy-user",), {"metavar": "TÊN", "help": "tên đăng nhập proxy; mật khẩu vào chùm khóa của máy"}),
            (
                ("--certificate",),
                {"action": "append", "type": Path, "metavar": "TỆP", "help": "chứng chỉ gốc (PEM) được tin cậy thêm"},
            ),
            (("--test",), {"action": "store_true", "help": "hỏi Cổng một lần qua đường ra này"}),
            _PASSWORD,
        ),
    ),
    "devices": (
        "thiết bị đang đăng nhập của mọi thành viên (người quản lý tài khoản); --revoke: thu hồi một thiết bị",
        ((("--revoke",), {"metavar": "MÃ", "help": "mã của thiết bị, như lệnh này in ra"}),),
    ),
    "files": (
        "tệp trên máy này: tệp không còn gì nhắc đến, tệp được nhắc đến mà không có",
        (
            (("--clean",), {"action": "store_true", "help": "xóa tệp không còn gì nhắc đến; không có thì chỉ xem"}),
            (("--fetch",), {"action": "store_true", "help": "xin Cổng gửi lại tệp thiếu ở lần đồng bộ sau"}),
        ),
    ),
    "recover": ("xem kỹ dữ liệu trên máy này và phục hồi nếu hỏng", ()),
    "notices": ("thông báo và câu hỏi của cả thư mục làm việc", ()),
    "confirm": ("trả lời Có cho một câu hỏi; lần đồng bộ sau sẽ làm", (_CODE,)),
    "decline": ("trả lời Không cho một câu hỏi; không làm gì", (_CODE,)),
    "dismiss": ("đã đọc một thông báo", (_CODE,)),
    "export": (
        "chép việc chưa lên Cổng ra tệp, kể cả của mục không còn quyền; --as: một văn bản ở dạng chương trình khác đọc được",
        (
            (("folder",), {"type": Path, "help": "thư mục mới hoặc trống"}),
            (("--entry",), {"help": "chỉ một mục"}),
            (
                ("--as",),
                {
                    "dest": "forms",
                    "action": "append",
                    "choices": ["txt", "docx", "pdf", "akn", "ics"],
                    "help": "cần --entry; nhiều lần được; akn: Akoma Ntoso 3.0; pdf cần LibreOffice; ics: lịch công tác",
                },
            ),
        ),
    ),
    "import": (
        "một tệp DOCX, PDF, HTML… ra Markdown; kho văn bản của cổng cũ; gói việc chưa gửi do export ghi ra trên máy khác",
        (
            (
                ("path",),
                {
                    "type": Path,
                    "help": "một tệp; tệp CSV, hoặc thư mục có tệp CSV hay các tệp .txt, .md; thư mục của export",
                },
            ),
            (("--dialect",), {"default": "legal", "choices": ["prose", "legal"], "help": "Markdown của một tệp"}),
            (("--pictures",), {"type": Path, "metavar": "THƯ MỤC", "help": "ghi các ảnh trong tệp vào đây"}),
            (("--kind",), {"default": "legal-document", "help": "loại nội dung của các văn bản"}),
            (("--section",), {"help": "chuyên mục, nếu danh mục không ghi"}),
            (("--dry-run",), {"action": "store_true", "help": "chỉ xem sẽ nhập gì"}),
            (("--report",), {"type": Path, "metavar": "TỆP", "help": "ghi kết quả từng văn bản ra CSV"}),
        ),
    ),
    "calendar": (
        "một tuần của tệp lịch (.ics) thành bản nháp lịch công tác; việc lặp lại ra từng lần",
        (
            (("path",), {"type": Path, "help": "tệp .ics"}),
            (
                ("--week",),
                {
                    "type": date.fromisoformat,
                    "metavar": "NGÀY",
                    "help": "tuần có ngày này; mặc định: của việc đầu tiên",
                },
            ),
            (("--section",), {"help": "chuyên mục"}),
            (("--dry-run",), {"action": "store_true", "help": "chỉ xem có bao nhiêu việc"}),
        ),
    ),
    "search": ("tìm, có dấu hay không dấu", ((("text",), {}), (("--limit",), {"type": int, "default": 50}))),
    "check": ("soát chính tả và thể thức của một tệp văn bản", ((("path",), {"type": Path}),)),
    "text": (
        "văn bản mã cũ (TCVN3, VNI, VISCII, VPS, CP1258…) ra Unicode",
        ((("path",), {"type": Path, "help": "tệp văn bản; - là đầu vào chuẩn"}),),
    ),
    "extract": (
        "đọc thuộc tính và cấu trúc của một văn bản (tệp UTF-8); không có trong văn bản thì để trống",
        ((("path",), {"type": Path}),),
    ),
    "pdf": (
        "trang như sẽ đăng của một mục, hoặc của một tệp, ra PDF khổ A4 có số trang",
        (
            (("path",), {"nargs": "?", "type": Path, "help": "tệp Markdown, DOCX, HTML… (không cần thư mục làm việc)"}),
            (("--entry",), {"help": "một mục của thư mục làm việc, thay cho tệp"}),
            (("-o", "--output"), {"required": True, "type": Path, "metavar": "TỆP", "help": "tệp PDF"}),
            (("--dialect",), {"default": "prose", "choices": ["prose", "legal"], "help": "Markdown của tệp"}),
        ),
    ),
    "render": (
        "Markdown ra HTML như sẽ đăng",
        ((("path",), {"type": Path}), (("--dialect",), {"default": "prose", "choices": ["prose", "legal"]})),
    ),
}


def arguments(argv: Sequence[str] | None = None) -> Arguments:
    """The arguments of one call; a usage error prints what is expected and exits with 2."""
    parser = argparse.ArgumentParser(prog="toasoan", description="Tòa Soạn: bàn biên tập của cổng thông tin điện tử.")
    parser.add_argument("--home", type=Path, default=_home(), help="thư mục làm việc của một (Cổng, thành viên)")
    parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="ngôn ngữ của thông báo")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="lệnh")
    for name, (help_text, options) in VERBS.items():
        verb = verbs.add_parser(name, help=help_text, description=help_text)
        for flags, settings in (*options, _JSON):
            verb.add_argument(*flags, **settings)  # type: ignore[arg-type]  # a table of argparse's own keywords
    return parser.parse_args(argv)


def _home() -> Path:
    given = os.environ.get("TOASOAN_HOME")
    return Path(given) if given else default_home()
