"""Bringing a home's database to this version: backup first, one transaction, and never a file from the future."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from desktop.application.ports import Clock
from desktop.domain.errors import Bug, NewerStore, StoreDamaged
from desktop.store.backup import back_up, check
from desktop.store.connecting import set_pragma

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def bring_up_to_date(engine: Engine, home: Path, *, clock: Clock, migrations: Path = MIGRATIONS) -> None:
    """Make an empty file's tables, or upgrade an older file's after a backup to `home/backup/`.

    Raises:
        NewerStore: the file is at a revision that these migrations do not know.
        StoreDamaged: it fails its check before the upgrade.
    """
    config = configuration(migrations)
    scripts = ScriptDirectory.from_config(config)
    head = scripts.get_current_head()
    current, empty = _standing(engine)
    if current == head:
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerStore(f"the store is at revision {current}, this version knows up to {head}")
    if current is None and not empty:
        raise StoreDamaged("the file holds tables but no version")
    if current is not None:
        check(engine)
        back_up(engine, home / "backup", name=f"before-{head}-{_stamp(clock)}")
    upgrade(engine, config)


def configuration(migrations: Path = MIGRATIONS) -> Config:
    """Alembic's settings without an ini file, so that it runs from an installed package."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, config: Config, revision: str = "head") -> None:
    """Carry out the migrations up to `revision` in one transaction."""
    with engine.connect() as connection, _without_foreign_keys(connection):
        config.attributes["connection"] = connection
        with connection.begin():
            command.upgrade(config, revision)
            _check_foreign_keys(connection)


def downgrade(engine: Engine, config: Config, revision: str) -> None:
    """Take the migrations back to `revision` in one transaction (for tests: a person gets the backup)."""
    with engine.connect() as connection, _without_foreign_keys(connection):
        config.attributes["connection"] = connection
        with connection.begin():
            command.downgrade(config, revision)
            _check_foreign_keys(connection)


def _standing(engine: Engine) -> tuple[str | None, bool]:
    """The file's revision (None: none is noted) and whether it has no table at all."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
        return current, tables == 0


def _stamp(clock: Clock) -> str:
    """The time as a file name has it: 20261122T094105Z."""
    return "".join(character for character in clock.now().partition(".")[0] if character.isalnum()).rstrip("Z") + "Z"


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by making it anew, which would strike the rows that point to it; the setting is fixed at BEGIN."""
    set_pragma(connection, "foreign_keys=OFF")
    try:
        yield
    finally:
        set_pragma(connection, "foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise Bug(f"the migration breaks {len(broken)} references, the first in {broken[0][0]}")
