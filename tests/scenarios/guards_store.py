"""Guards to be taken out of the client's store and keyring, each as one patch: the tests of a scenario must notice."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from desktop.store import (
    backup,
    blob_files,
    blobs,
    boxes,
    connecting,
    faults,
    home_lock,
    migrate,
    network_drive,
    opening,
    recovery,
    reserve,
    tables,
)
from desktop.sync import vault
from tests.scenarios.removing import edit, swap


def synchronous_normal(patch: pytest.MonkeyPatch) -> None:
    """SQLite does not wait for the disk at each commit."""
    settings = tuple(setting.replace("synchronous=FULL", "synchronous=NORMAL") for setting in connecting._PRAGMAS)
    patch.setattr(connecting, "_PRAGMAS", settings)


def disks_never_refuse(patch: pytest.MonkeyPatch) -> None:
    """A full or locked disk is taken for a bug of ours, about which a person can do nothing."""
    patch.setattr(faults, "_DISK", frozenset())


def homes_unlocked(patch: pytest.MonkeyPatch) -> None:
    """Two programs may write in one home."""
    patch.setattr(home_lock, "_take", lambda _handle: None)


def locks_outlive_their_holder(patch: pytest.MonkeyPatch) -> None:
    """A lock is a file that is there, not what the system knows of a living process."""

    def take(handle: int) -> None:
        if os.fstat(handle).st_size:
            raise BlockingIOError
        os.write(handle, b"held")

    patch.setattr(home_lock, "_take", take)


def network_drives_taken(patch: pytest.MonkeyPatch) -> None:
    """A home may lie on any drive."""
    patch.setattr(network_drive, "_NETWORK", frozenset())


def damage_begins_anew(patch: pytest.MonkeyPatch) -> None:
    """A damaged home is replaced by an empty one."""

    def forget(database: Path, **_more: object) -> None:
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)

    swap(patch, recovery.recover, forget)


def damage_is_not_kept(patch: pytest.MonkeyPatch) -> None:
    """The damaged file is thrown away."""
    edit(patch, recovery.finish, "damaged.rename(aside.with_name(aside.name + suffix))", "damaged.unlink()")


def newer_files_are_opened(patch: pytest.MonkeyPatch) -> None:
    """A file of a later version is taken for one of ours."""
    swap(patch, migrate.refuse_newer, lambda *_given, **_more: None)


def upgrades_keep_half(patch: pytest.MonkeyPatch) -> None:
    """An upgrade that fails leaves what it had done."""
    edit(patch, migrate._run, "run(config, revision)", "_kept(connection, lambda: run(config, revision))")
    patch.setattr(migrate, "_kept", _committed, raising=False)


def upgrades_without_backup(patch: pytest.MonkeyPatch) -> None:
    """An upgrade begins without a copy of what is there."""
    swap(patch, backup.back_up, lambda *_given, **_more: None)


def homes_open_to_all(patch: pytest.MonkeyPatch) -> None:
    """A home has whatever mode its folder gives it."""
    swap(patch, opening._make_private, lambda _database: None)


def plain_keyrings_taken(patch: pytest.MonkeyPatch) -> None:
    """Any keyring will do, also one that writes plain text."""
    swap(patch, vault._is_secure, lambda _backend: True)


def keyrings_are_thought_to_hold(patch: pytest.MonkeyPatch) -> None:
    """A keyring that refuses is not told."""
    edit(patch, vault.KeyringVault._give_up, "self._backend = None", "pass")


def attached_files_stay_where_they_were(patch: pytest.MonkeyPatch) -> None:
    """A file is named, not copied."""
    edit(patch, blobs.BlobRows.add, "self._files.keep(sha256, data)", "pass")


def changed_files_are_handed_out(patch: pytest.MonkeyPatch) -> None:
    """Nobody compares the bytes of a file with its name."""
    edit(patch, blob_files.Folder.read, "if hashlib.sha256(data).hexdigest() != sha256:", "if False:")


def boxes_are_written_into_the_query(patch: pytest.MonkeyPatch) -> None:
    """The name of a box becomes SQL."""
    by_hand = {**boxes._WITH_VALUE, "step": lambda step: text(f"shown.step = '{step}'")}
    patch.setattr(boxes, "_WITH_VALUE", by_hand)


def lists_without_an_index(patch: pytest.MonkeyPatch) -> None:
    """The rows of a box are looked for one by one."""
    edit(patch, opening._in_memory, "create_all(connection)", "create_all(connection)\n        _unindexed(connection)")
    patch.setattr(opening, "_unindexed", _unindexed, raising=False)


def reserves_are_never_given_up(patch: pytest.MonkeyPatch) -> None:
    """The room that was kept for a full disk stays kept when it is full."""
    swap(patch, reserve.give_up, lambda _home: None)


def fetching_needs_no_room(patch: pytest.MonkeyPatch) -> None:
    """A sync fetches onto a disk as long as there is a byte."""
    edit(patch, reserve.require_room, "if disk.free < 2 * size:", "if False:")


def reserves_are_open_to_all(patch: pytest.MonkeyPatch) -> None:
    """The file that holds room is made for everybody."""
    edit(patch, reserve._set_up, "0o600", "0o666")


def recoveries_are_made_in_place(patch: pytest.MonkeyPatch) -> None:
    """The damaged file makes way before there is anything in its place."""
    edit(patch, recovery.recover, "made.rename(", "database.unlink()\n        made.rename(")


def upgrades_commit_as_they_go(patch: pytest.MonkeyPatch) -> None:
    """An upgrade is not one transaction: what a killed one leaves is half of it."""
    edit(
        patch,
        migrate._run,
        "run(config, revision)",
        'connection.exec_driver_sql("COMMIT")\n                run(config, revision)',
    )


def _committed(connection: Connection, action: Callable[[], None]) -> None:
    """What `action` does stays, even if it raises."""
    try:
        action()
    except BaseException:
        connection.commit()
        raise


def _unindexed(connection: Connection) -> None:
    for index in tables.shown.indexes:
        index.drop(connection)


GUARDS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = tuple(
    value for name, value in list(globals().items()) if getattr(value, "__module__", "") == __name__ and name[0] != "_"
)
