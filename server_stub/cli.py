"""`toasoan-portal`: serve, accounts, profile, demo. Every sentence is Vietnamese; `--json` is for programs.

Exit codes: 0 done, 1 refused, 2 wrong arguments, 3 the database or the address cannot be used.
"""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from server_stub.cli_accounts import UsageError, add_account_commands
from server_stub.cli_running import (
    add_maintenance_command,
    add_move_command,
    add_serving_options,
    serve_here_or_in_workers,
    settings_of,
)
from server_stub.core.accounts import AccountError
from server_stub.core.profile import BadProfileError
from server_stub.core.strict_json import BadJsonError
from server_stub.demo import DemoError, load_demo, read_story
from server_stub.installing import ensure_installed, install_profile, read_profile, show_profile
from server_stub.moving import MoveError
from server_stub.portal import Portal
from server_stub.resources import DEMO
from server_stub.serving import address_of, listen
from server_stub.settings import settings_for
from server_stub.store.engine import DatabaseError, open_database

REFUSED: Final = 1
UNUSABLE: Final = 3

_ACCOUNT_WORDS: Final = {
    "exists": "Đã có tài khoản {username}.",
    "unknown": "Không có tài khoản {username}.",
    "roles": "Vai trò không hợp lệ ({code} tại {where}).",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    try:
        return int(arguments.run(arguments) or 0)
    except AccountError as error:
        return _say(_ACCOUNT_WORDS[error.code].format(**error.params), REFUSED)
    except (BadProfileError, BadJsonError, DemoError, MoveError, UsageError) as error:
        return _say(f"Không thực hiện được: {error}", REFUSED)
    except DatabaseError as error:
        return _say(f"Không mở được cơ sở dữ liệu: {error}", UNUSABLE)
    except OSError as error:
        return _say(f"Không dùng được: {error}", UNUSABLE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="toasoan-portal", description="Cổng tham chiếu của Tòa Soạn")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--database", required=True, metavar="TỆP|URL", help="tệp SQLite, hoặc postgresql://… của PostgreSQL"
    )

    serving = commands.add_parser("serve", parents=[common], help="chạy cổng và trang công khai")
    serving.add_argument("--host", default="127.0.0.1", help="địa chỉ lắng nghe (mặc định: chỉ máy này)")
    serving.add_argument("--port", type=int, default=8000, help="cổng TCP; 0 là cổng trống bất kỳ")
    add_serving_options(serving)
    serving.set_defaults(run=_serve)
    add_move_command(commands)
    add_maintenance_command(commands, common)

    demo = commands.add_parser("demo", parents=[common], help="dựng cổng mẫu trong một tệp mới")
    demo.add_argument("--from", dest="folder", type=Path, default=DEMO, metavar="THƯ_MỤC")
    demo.add_argument("--json", action="store_true", help="in tài khoản dạng JSON")
    demo.set_defaults(run=_demo)

    profile = commands.add_parser("profile", help="hồ sơ cổng (quy chế)").add_subparsers(required=True, metavar="VIỆC")
    showing = profile.add_parser("show", parents=[common], help="in hồ sơ đang có hiệu lực")
    showing.set_defaults(run=_profile_show)
    installing = profile.add_parser("install", parents=[common], help="đưa một hồ sơ vào hiệu lực")
    installing.add_argument("file", type=Path, metavar="TỆP_JSON")
    installing.set_defaults(run=_profile_install)

    add_account_commands(commands, common)
    return parser


def _serve(arguments: argparse.Namespace) -> int:
    listening = listen(arguments.host, arguments.port)
    try:
        settings = settings_of(arguments)
        portal = Portal(settings)  # here, once: the tables are made before any worker looks at them
        if ensure_installed(portal):
            print("Cơ sở dữ liệu mới: đã cài hồ sơ cổng chung.", file=sys.stderr)
        portal.close()
        serve_here_or_in_workers(arguments, listening, lambda: print(f"READY {address_of(listening)}", flush=True))
    finally:
        listening.close()
    return 0


def _demo(arguments: argparse.Namespace) -> int:
    if "://" in arguments.database or Path(arguments.database).exists():
        return _say(f"{arguments.database} đã có; cổng mẫu cần một tệp mới.", REFUSED)
    settings = settings_for(arguments.database)
    story = read_story(arguments.folder)
    database = open_database(settings.database, create=True)
    try:
        accounts = load_demo(database, story, settings=settings)
    finally:
        database.close()
    if arguments.json:
        listed = [
            {"username": a.username, "password": a.password, "label": dict(a.label), "must_change": a.must_change}
            for a in accounts
        ]
        print(json.dumps({"accounts": listed}, ensure_ascii=False))
        return 0
    print(f"Cổng mẫu đã sẵn sàng trong {arguments.database}. Mật khẩu chỉ hiện một lần:")
    for account in accounts:
        note = "  (phải đổi khi đăng nhập lần đầu)" if account.must_change else ""
        print(f"  {account.username:<14} {account.password}  {account.label['vi']}{note}")
    return 0


def _profile_show(arguments: argparse.Namespace) -> int:
    database = open_database(settings_for(arguments.database).database, create=False)
    try:
        shown: dict[str, Any] = show_profile(database)
    finally:
        database.close()
    print(json.dumps(shown, ensure_ascii=False, indent=2))
    return 0


def _profile_install(arguments: argparse.Namespace) -> int:
    settings = settings_for(arguments.database)
    profile = read_profile(arguments.file)
    database = open_database(settings.database, create=True)
    try:
        rev = install_profile(database, profile, clock=settings.clock, ids=settings.ids)
    finally:
        database.close()
    print(f"Hồ sơ {profile['id']} (bản {profile['rev']}) có hiệu lực; mã {rev[:12]}.")
    return 0


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
