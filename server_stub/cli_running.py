"""`toasoan-portal serve` beyond a file and a port (files, scan, workers), and `migrate` to another database."""

import argparse
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from server_stub import maintenance
from server_stub.app import create_app
from server_stub.cli_accounts import UsageError
from server_stub.core import epoch
from server_stub.moving import move
from server_stub.serving import serve
from server_stub.settings import Settings, settings_for
from server_stub.store.engine import open_database
from server_stub.uploading import scan_by
from server_stub.workers import serve_with_workers

_OF_A_PORTAL = ("database", "data", "blobs", "scan")


def add_serving_options(parser: argparse.ArgumentParser) -> None:
    _add_data(parser, "--data", "thư mục tệp đính kèm (mặc định: cạnh tệp SQLite; bắt buộc với PostgreSQL)")
    parser.add_argument("--blobs", metavar="URL", help="nơi giữ tệp đính kèm thay cho thư mục: s3://…")
    parser.add_argument("--scan", metavar="LỆNH", help="lệnh quét mỗi tệp tải lên; thoát 0: nhận, 1: từ chối")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="số tiến trình phục vụ")


def add_move_command(commands: Any) -> None:  # noqa: ANN401 - argparse's is private
    """Add `migrate`."""
    moving = commands.add_parser("migrate", help="chuyển cổng sang cơ sở dữ liệu khác; cổng cũ phải dừng trước")
    moving.add_argument("source", metavar="TỪ", help="tệp SQLite hoặc URL đang dùng")
    moving.add_argument("target", metavar="SANG", help="URL hoặc tệp mới, còn trống")
    _add_data(moving, "--data-from", "thư mục tệp đang dùng (mặc định: cạnh tệp SQLite)")
    _add_data(moving, "--data", "thư mục tệp của cổng mới; bắt buộc với PostgreSQL")
    moving.add_argument("--blobs", metavar="URL", help="nơi giữ tệp đính kèm của cổng mới thay cho thư mục: s3://…")
    moving.set_defaults(run=_move)


def add_maintenance_command(commands: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse's is private
    """Add `maintenance`."""
    closing = commands.add_parser("maintenance", parents=[common], help="đóng cổng để bảo trì, hoặc mở lại")
    closing.add_argument("state", choices=("on", "off"), help="on: trả lời 503 cho mọi máy; off: mở lại")
    closing.add_argument("--minutes", type=int, default=30, metavar="PHÚT", help="tự mở lại sau chừng ấy phút")
    closing.add_argument("--note", default="", metavar="LỜI", help="lời nhắn hiện trên máy của mọi người")
    _add_data(closing, "--data", "thư mục tệp của cổng; bắt buộc với PostgreSQL")
    closing.set_defaults(run=_close_or_open)


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings that a command line names."""
    return _settings({name: getattr(arguments, name) for name in _OF_A_PORTAL})


def serve_here_or_in_workers(
    arguments: argparse.Namespace, listening: socket.socket, on_ready: Callable[[], None]
) -> None:
    """Serve until the process is told to end."""
    given = {name: getattr(arguments, name) for name in _OF_A_PORTAL}
    if arguments.workers == 1:
        _work(given, listening, on_ready)
    else:
        serve_with_workers(arguments.workers, _work, given, listening, on_ready)


def _work(given: Mapping[str, Any], listening: socket.socket, on_ready: Callable[[], None]) -> None:
    serve(create_app(replace(_settings(given), create=False)), listening, on_ready)


def _settings(given: Mapping[str, Any]) -> Settings:
    scan = None if given["scan"] is None else scan_by(given["scan"])
    return settings_for(given["database"], data=given["data"], blobs=given["blobs"], scan=scan)


def _add_data(parser: argparse.ArgumentParser, name: str, help_: str) -> None:
    parser.add_argument(name, type=Path, metavar="THƯ_MỤC", help=help_)


def _close_or_open(arguments: argparse.Namespace) -> None:
    settings = settings_for(arguments.database, data=arguments.data)
    if settings.epoch_file is None:
        raise UsageError("cổng trên PostgreSQL cần --data")
    if arguments.state == "off":
        print("Cổng đã mở lại." if maintenance.reopen(settings.epoch_file) else "Cổng đang mở.")
        return
    if arguments.minutes < 1:
        raise UsageError("số phút phải từ 1 trở lên")
    maintenance.close(settings.epoch_file, minutes=arguments.minutes, note=arguments.note, clock=settings.clock)
    print(f"Cổng đóng để bảo trì; tự mở lại sau {arguments.minutes} phút. Trang công khai vẫn đọc được.")


def _move(arguments: argparse.Namespace) -> None:
    old, new = (
        settings_for(arguments.source, data=arguments.data_from),
        settings_for(arguments.target, data=arguments.data, blobs=arguments.blobs),
    )
    files = (old.open_files(), new.open_files())
    if new.epoch_file is not None:
        new.epoch_file.parent.mkdir(parents=True, exist_ok=True)  # what cannot be made fails before anything is moved
    source = open_database(old.database, create=False)
    try:
        target = open_database(new.database, create=True)
        try:
            moved = move(source, target, files=files)
            if new.epoch_file is not None:
                with target.session() as session:
                    epoch.note(session.connection(), new.epoch_file)
        finally:
            target.close()
    finally:
        source.close()
    print(f"Đã chuyển {sum(moved.rows.values())} dòng, {moved.files} tệp; epoch và số thứ tự giữ nguyên.")
    print("Từ nay chỉ chạy cổng mới: cổng cũ chạy lại sẽ tách thành một dòng thời gian khác.")
