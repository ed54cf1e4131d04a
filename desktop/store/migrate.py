"""Bringing a home's database to this version: backup first, one transaction, and never a file from the future.

Alembic is imported only where a file must be changed: it costs a tenth of a second, and nearly every start needs none of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import Connection, Engine

from desktop.application.ports import Clock
from desktop.domain.errors import Bug, NewerStore, StoreDamaged
from desktop.store.backup import back_up, check
from desktop.store.connecting import set_pragma
from desktop.store.keeping import BACKUPS, next_name

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"
HEAD: Final = "0005"  # the newest of MIGRATIONS, as a test makes sure

_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table'"


def bring_up_to_date(engine: Engine, home: Path, *, clock: Clock, migrations: Path = MIGRATIONS) -> None:
    """Make an empty file's tables, or upgrade an older file's after a backup to `home/backup/`.

    Raises:
        NewerStore: the file is at a revision that these migrations do not know.
        StoreDamaged: it fails its check before the upgrade, or its tables are not ours.
    """
    current, empty = standing(engine)
    if current == HEAD and migrations == MIGRATIONS:
        return
    head, _known = _revisions(migrations)
    if current == head:
        return
    refuse_newer(current, migrations)
    if current is None and not empty:
        raise StoreDamaged("the file holds tables but no version")
    if current is not None:
        check(engine)
        back_up(engine, home / BACKUPS, name=next_name(home / BACKUPS, f"before-{head}", clock=clock))
    upgrade(engine, configuration(migrations))


def refuse_newer(current: str | None, migrations: Path = MIGRATIONS) -> None:
    """NewerStore for a revision that these migrations do not know: to this version a file from the future looks damaged."""
    if current is None or (current == HEAD and migrations == MIGRATIONS):
        return
    head, known = _revisions(migrations)
    if current not in known:
        raise NewerStore(f"the store is at revision {current}, this version knows up to {head}")


def standing(engine: Engine) -> tuple[str | None, bool]:
    """The file's revision (None: none is noted) and whether it has no table at all."""
    with engine.connect() as connection:
        tables = set(connection.exec_driver_sql(_TABLES).scalars())
        if "alembic_version" not in tables:
            return None, not tables
        noted = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(noted) > 1:
        raise StoreDamaged("the file names several versions")
    return (noted[0] if noted else None), False


def configuration(migrations: Path = MIGRATIONS) -> "Config":
    """Alembic's settings without an ini file, so that it runs from an installed package."""
    from alembic.config import Config  # noqa: PLC0415  heavy, see above

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine, config: "Config", revision: str = "head") -> None:
    """Carry out the migrations up to `revision` in one transaction."""
    _run(engine, config, "upgrade", revision=revision)


def downgrade(engine: Engine, config: "Config", revision: str) -> None:
    """Take the migrations back to `revision` in one transaction (for tests: a person gets the backup)."""
    _run(engine, config, "downgrade", revision=revision)


def _run(engine: Engine, config: "Config", way: Literal["upgrade", "downgrade"], *, revision: str) -> None:
    from alembic import command  # noqa: PLC0415  heavy, see above
    from alembic.util import CommandError  # noqa: PLC0415  heavy, see above

    run = command.upgrade if way == "upgrade" else command.downgrade
    with engine.connect() as connection, _without_foreign_keys(connection):
        config.attributes["connection"] = connection
        with connection.begin():
            try:
                run(config, revision)
            except CommandError as fault:
                raise Bug(f"the migrations do not fit together: {fault}") from fault
            _check_foreign_keys(connection)


def _revisions(migrations: Path) -> tuple[str | None, frozenset[str]]:
    """The newest revision and all there are."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  heavy, see above

    scripts = ScriptDirectory.from_config(configuration(migrations))
    return scripts.get_current_head(), frozenset(script.revision for script in scripts.walk_revisions())


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
