"""Upgrades: the migrations make what the tables say, keep what is there, back it up, and leave newer files alone."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine

from desktop.application.records import Draft, ListQuery
from desktop.domain.errors import Bug, NewerStore, StorageProblem, StoreDamaged
from desktop.domain.ids import EntryId, Rid
from desktop.store import open_store
from desktop.store.connecting import memory_engine, writing_engine
from desktop.store.migrate import HEAD, MIGRATIONS, configuration, downgrade, standing, upgrade
from desktop.store.opening import DATABASE
from desktop.store.tables import create_all, metadata
from tests.contract.store.values import ME, NOW, entry, operation, revision, shown
from tests.support.offices import CountedClock

ROOT = Path(__file__).parents[3]
NEXT = '''"""As a next version might: a column more, by making the table anew."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("revision", recreate="always") as table:
        table.add_column(sa.Column("remark", sa.Text, nullable=False, server_default=""))
    {more}


def downgrade() -> None:
    with op.batch_alter_table("revision", recreate="always") as table:
        table.drop_column("remark")
'''

DRAFT = Draft(
    EntryId("e-1"), "article", "vi", {"title": "Đường"}, conflict=Rid("r2"), merged_from=Rid("r1"), updated=NOW
)
_NOT_OURS = {"alembic_version", "sqlite_sequence"}  # Alembic's and SQLite's own tables


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = memory_engine()
    yield made
    made.dispose()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of this version with something of everything in it."""
    path = tmp_path / "home"
    with closing(open_store(path, clock=CountedClock())) as store, store.write() as work:
        work.revisions.put(revision("r1"))
        work.entries.put(entry("e-1", body_rid="r1"))
        work.queue.add(operation("o-1", work.queue.next_seq()), at=NOW)
        work.lists.show(shown("e-1"), text="mùa nước nổi")
        work.drafts.put(DRAFT)
    return path


def _next_version(folder: Path, more: str = "pass") -> Path:
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "next.py").write_text(
        NEXT.replace("{more}", more).replace("{before}", HEAD), encoding="utf-8"
    )
    return folder


def _schema(connection: Connection) -> dict[str, str]:
    """Every table and index as SQLite has it, without the layout of the text."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").all()
    return {name: "".join(sql.split()) for name, sql in rows if name not in _NOT_OURS}


def _columns(home: Path, table: str) -> list[str]:
    with closing(pysqlite3.dbapi2.connect(str(home / DATABASE))) as connection:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _backups(home: Path) -> list[Path]:
    return sorted((home / "backup").glob("*")) if (home / "backup").exists() else []


def _check_contents(home: Path, migrations: Path = MIGRATIONS) -> None:
    with closing(open_store(home, clock=CountedClock(), migrations=migrations)) as store, store.write() as work:
        told = work.entries.get(EntryId("e-1"))
        assert told == entry("e-1", body_rid="r1")
        assert work.revisions.of(EntryId("e-1")) == [revision("r1")]
        assert [item.operation for item in work.queue.waiting(5)] == [operation("o-1", 1)]
        assert work.queue.next_seq() == 2
        assert work.lists.count(ListQuery(text="nuoc noi"), me=ME) == 1
        assert work.drafts.get(DRAFT.entry_id) == DRAFT


def test_the_migrations_make_what_the_tables_say(engine: Engine) -> None:
    upgrade(engine, configuration())
    other = memory_engine()
    with engine.connect() as migrated, other.begin() as made:
        create_all(made)
        assert _schema(migrated) == _schema(made)
        context = MigrationContext.configure(
            migrated, opts={"compare_type": True, "include_object": lambda _o, name, *_: "shown_text" not in name}
        )
        assert compare_metadata(context, metadata) == []
    other.dispose()


def test_the_newest_migration_is_the_one_a_start_expects(engine: Engine) -> None:
    assert standing(engine) == (None, True)
    upgrade(engine, configuration())
    assert standing(engine) == (HEAD, False)


def test_a_start_that_changes_nothing_does_without_alembic(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from desktop.store import open_store\n"
        f"open_store(Path({str(home)!r}), clock=None).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_migrations_that_do_not_fit_together_are_our_fault(engine: Engine) -> None:
    with pytest.raises(Bug):
        upgrade(engine, configuration(), "no such revision")


def test_up_and_down_leave_nothing(engine: Engine) -> None:
    config = configuration()
    upgrade(engine, config)
    with engine.connect() as connection:
        first = _schema(connection)
    downgrade(engine, config, "base")
    with engine.connect() as connection:
        assert _schema(connection) == {}
    upgrade(engine, config)
    with engine.connect() as connection:
        assert _schema(connection) == first


def test_an_upgrade_keeps_everything_and_makes_a_sound_backup_first(home: Path, tmp_path: Path) -> None:
    migrations = _next_version(tmp_path / "100% next")
    _check_contents(home, migrations)
    assert "remark" in _columns(home, "revision")
    (backup,) = _backups(home)
    assert backup.name == "before-9999-no000001-20261122T000001Z.sqlite"
    with closing(pysqlite3.dbapi2.connect(str(backup))) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT rid FROM revision").fetchone() == ("r1",)


def test_a_backup_is_a_home_of_its_own(home: Path, tmp_path: Path) -> None:
    open_store(home, clock=CountedClock(), migrations=_next_version(tmp_path / "next")).close()
    (backup,) = _backups(home)
    restored = tmp_path / "restored"
    restored.mkdir()
    shutil.copy(backup, restored / DATABASE)
    _check_contents(restored)


def test_down_and_up_again_with_data(home: Path, tmp_path: Path) -> None:
    config = configuration(_next_version(tmp_path / "next"))
    engine = writing_engine(home / DATABASE)
    with engine.connect() as connection:
        before = _schema(connection)
    upgrade(engine, config)
    downgrade(engine, config, HEAD)
    with engine.connect() as connection:
        after = _schema(connection)
    engine.dispose()
    assert after.keys() == before.keys()
    _check_contents(home)


def test_a_home_of_the_first_version_keeps_its_drafts(home: Path) -> None:
    config = configuration()
    engine = writing_engine(home / DATABASE)
    downgrade(engine, config, "0001")
    engine.dispose()
    assert "merged" not in _columns(home, "draft")
    _check_contents(home)
    assert "merged" in _columns(home, "draft")
    assert [backup.name for backup in _backups(home)] == [f"before-{HEAD}-no000001-20261122T000001Z.sqlite"]


def test_no_backup_where_nothing_changes(home: Path) -> None:
    _check_contents(home)
    assert _backups(home) == []


def test_a_newer_file_is_refused_and_stays(home: Path, tmp_path: Path) -> None:
    open_store(home, clock=CountedClock(), migrations=_next_version(tmp_path / "next")).close()
    before = (home / DATABASE).read_bytes()
    with pytest.raises(NewerStore, match="9999"):
        open_store(home, clock=CountedClock())
    assert (home / DATABASE).read_bytes() == before
    assert len(_backups(home)) == 1


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("op.execute('INSERT INTO nowhere VALUES (1)')", Bug),
        ("op.execute('DELETE FROM revision')", Bug),
        ("raise OSError(28, 'No space left on device')", StorageProblem),
    ],
)
def test_an_upgrade_that_fails_changes_nothing(home: Path, tmp_path: Path, more: str, problem: type[Exception]) -> None:
    migrations = _next_version(tmp_path / "next", more)
    for attempt in (1, 2):
        with pytest.raises(problem):
            open_store(home, clock=CountedClock(), migrations=migrations)
        assert len(_backups(home)) == attempt
    assert "remark" not in _columns(home, "revision")
    _check_contents(home)


def test_a_damaged_file_is_not_upgraded(home: Path, tmp_path: Path) -> None:
    data = bytearray((home / DATABASE).read_bytes())
    for page in range(8, len(data) // 4096):
        data[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    (home / DATABASE).write_bytes(bytes(data))
    with pytest.raises(StoreDamaged):
        open_store(home, clock=CountedClock(), migrations=_next_version(tmp_path / "next"))
    assert (home / DATABASE).read_bytes() == bytes(data)
    assert _backups(home) == []
