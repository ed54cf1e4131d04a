"""`toasoan-portal user …`: accounts by role. A one-time password is printed once and must be changed at first use."""

import argparse
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from server_stub.core import accounts
from server_stub.core.shape import is_text
from server_stub.settings import Settings, settings_for
from server_stub.store.engine import Database, open_database


class UsageError(Exception):
    """Arguments that make no sense together; the text says which."""


def add_account_commands(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse's is private
    """Add `user` with its commands."""
    user = commands.add_parser("user", help="tài khoản").add_subparsers(required=True, metavar="VIỆC")
    roles = argparse.ArgumentParser(add_help=False)
    roles.add_argument(
        "--role", action="append", default=[], metavar="VAI_TRÒ[:CM1,CM2]",
        help="vai trò, có thể kèm các chuyên mục; dùng được nhiều lần",
    )  # fmt: skip
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument("username", metavar="TÊN")

    adding = user.add_parser("add", parents=[common, named, roles], help="thêm tài khoản, in mật khẩu dùng một lần")
    adding.add_argument("--label", default="", help="tên hiển thị (tiếng Việt)")
    adding.add_argument("--label-en", default="", help="tên hiển thị (tiếng Anh)")
    adding.set_defaults(run=_add)
    listing = user.add_parser("list", parents=[common], help="liệt kê tài khoản")
    listing.add_argument("--json", action="store_true", help="in dạng JSON")
    listing.set_defaults(run=_list)
    user.add_parser("roles", parents=[common, named, roles], help="thay vai trò").set_defaults(run=_roles)
    user.add_parser("disable", parents=[common, named], help="khóa tài khoản").set_defaults(run=_disable)
    user.add_parser("password", parents=[common, named], help="cấp mật khẩu dùng một lần").set_defaults(run=_password)


def _add(arguments: argparse.Namespace) -> None:
    username, label = arguments.username.strip().casefold(), arguments.label or arguments.username
    if not is_text(label) or not username.replace(".", "").replace("-", "").isalnum() or not username.isascii():
        raise UsageError("tên chỉ gồm chữ không dấu, số, dấu chấm và gạch nối")
    with _open(arguments) as (database, settings), database.session() as session:
        password = accounts.add_member(
            session, username=username, label={"vi": label, "en": arguments.label_en or label},
            roles=_given_roles(arguments), passwords=settings.passwords, chance=secrets.token_bytes,
            clock=settings.clock, ids=settings.ids,
        )  # fmt: skip
    print(f"Đã thêm {username}. Mật khẩu dùng một lần: {password}")


def _list(arguments: argparse.Namespace) -> None:
    with _open(arguments) as (database, _settings), database.session() as session:
        rows = accounts.members(session.connection())
    members = [
        {
            "username": row.username,
            "label": json.loads(row.label),
            "roles": json.loads(row.roles),
            "active": bool(row.active),
            "must_change": bool(row.password_initial),
        }
        for row in rows
    ]
    if arguments.json:
        print(json.dumps({"members": members}, ensure_ascii=False))
        return
    for member in members:
        roles = "; ".join(_role_text(role) for role in member["roles"]) or "không có vai trò"
        print(f"{member['username']:<16} {member['label']['vi']} · {roles}{'' if member['active'] else ' · đã khóa'}")


def _roles(arguments: argparse.Namespace) -> None:
    with _open(arguments) as (database, settings), database.session() as session:
        accounts.set_roles(
            session, arguments.username, roles=_given_roles(arguments), clock=settings.clock, ids=settings.ids
        )
    print(f"Đã thay vai trò của {arguments.username}.")


def _disable(arguments: argparse.Namespace) -> None:
    with _open(arguments) as (database, settings), database.session() as session:
        accounts.disable(session, arguments.username, clock=settings.clock, ids=settings.ids)
    print(f"Đã khóa {arguments.username}; mọi thiết bị đã bị đăng xuất.")


def _password(arguments: argparse.Namespace) -> None:
    with _open(arguments) as (database, settings), database.session() as session:
        password = accounts.reset_password(
            session, arguments.username, passwords=settings.passwords, chance=secrets.token_bytes,
            clock=settings.clock, ids=settings.ids,
        )  # fmt: skip
    print(f"Mật khẩu dùng một lần của {arguments.username}: {password}")


@contextmanager
def _open(arguments: argparse.Namespace) -> Iterator[tuple[Database, Settings]]:
    settings = settings_for(arguments.database)
    database = open_database(settings.database, create=False)
    try:
        yield database, settings
    finally:
        database.close()


def _given_roles(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    found = []
    for text in arguments.role:
        role, colon, sections = text.partition(":")
        found.append({"role": role, "sections": sections.split(",") if colon else None})
    return found


def _role_text(role: dict[str, Any]) -> str:
    return role["role"] if role["sections"] is None else f"{role['role']} ({', '.join(role['sections'])})"
