"""The database: migrations make what the tables say, go up and down, and other versions are refused."""

import shutil
from dataclasses import replace
from pathlib import Path

import pysqlite3.dbapi2
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text

from server_stub.core import epoch
from server_stub.core.blobs import store_blob
from server_stub.core.canonical import digest
from server_stub.store import migrate
from server_stub.store import tables as t
from server_stub.store.engine import Database, DatabaseError, open_database, writing
from server_stub.store.files import DiskFiles
from tests.unit.server_stub.house import House, article, install_in


def _file(path: Path) -> Database:
    return open_database(f"sqlite:///{path}", create=True)


def test_the_newest_migration_is_what_the_tables_say(tmp_path: Path) -> None:
    database = _file(tmp_path / "p.db")
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []
    database.close()


def test_migrations_go_down_to_nothing_and_up_again() -> None:
    engine = create_engine("sqlite://", module=pysqlite3.dbapi2)
    migrate.upgrade(engine)
    assert set(inspect(engine).get_table_names()) == {*t.metadata.tables, "alembic_version"}
    migrate.downgrade(engine, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate.upgrade(engine)
    assert migrate.at_head(engine)
    engine.dispose()


def test_a_file_is_private_and_durable(tmp_path: Path) -> None:
    path = tmp_path / "nested" / "p.db"
    database = _file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    database.close()


def test_what_is_committed_is_there_when_opened_again(tmp_path: Path) -> None:
    database = _file(tmp_path / "p.db")
    with database.session() as session:
        writing(session).execute(t.login_failure.insert().values(account="a", at="b"))
        session.commit()
        writing(session).execute(t.login_failure.insert().values(account="not committed", at="b"))
    database.close()
    database = open_database(f"sqlite:///{tmp_path / 'p.db'}", create=False)
    with database.session() as session:
        assert [row.account for row in session.execute(select(t.login_failure))] == ["a"]
    database.close()


def test_a_missing_an_empty_and_a_newer_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="no database"):
        open_database(f"sqlite:///{tmp_path / 'none.db'}", create=False)
    (tmp_path / "empty.db").touch()
    with pytest.raises(DatabaseError, match="empty"):
        open_database(f"sqlite:///{tmp_path / 'empty.db'}", create=False)
    database = _file(tmp_path / "p.db")
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    for create in (True, False):
        with pytest.raises(DatabaseError, match="newer"):
            open_database(f"sqlite:///{tmp_path / 'p.db'}", create=create)


def test_at_most_one_live_publication_per_entry_and_one_row_per_operation(house: House) -> None:
    house.published()
    row = house.rows(t.publication)[0]
    again = {name: getattr(row, name) for name in row._fields if name != "id"}
    for change in ({"op_id": "other"}, {"live_entry": None}):
        with house.database.session() as session, pytest.raises(Exception, match=r"(?i)unique"):
            session.execute(t.publication.insert().values(**{**again, **change}))


def test_a_restored_backup_begins_a_new_epoch(house: House, tmp_path: Path) -> None:
    side = tmp_path / "p.epoch"
    with house.database.session() as session:
        db = session.connection()
        assert epoch.reconcile(db, side, ids=house.id) is False
        epoch.note(db, side)
        assert epoch.reconcile(db, side, ids=house.id) is False
    backup = side.read_text()
    house.draft()
    with house.database.session() as session:
        db = session.connection()
        assert epoch.reconcile(db, side, ids=house.id) is False
        epoch.note(db, side)
        session.execute(t.portal.update().values(seq=1))
        assert epoch.reconcile(db, side, ids=house.id) is True
        session.commit()
    assert house.rows(t.portal)[0].epoch != house.epoch
    side.write_text(backup)
    with house.database.session() as session:  # left behind: the epoch in it ended here
        assert epoch.reconcile(session.connection(), side, ids=house.id) is False
    side.write_text('{"epoch": "one this database never had", "seq": 0}')
    with house.database.session() as session:
        db = session.connection()
        assert [epoch.reconcile(db, side, ids=house.id) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"epoch": "x"}'])
def test_a_torn_side_file_counts_for_nothing(house: House, tmp_path: Path, torn: str) -> None:
    side = tmp_path / "p.epoch"
    side.write_text(torn)
    with house.database.session() as session:
        assert epoch.reconcile(session.connection(), side, ids=house.id) is False


def test_the_list_of_ended_epochs_comes_and_goes_and_the_portal_stays(tmp_path: Path) -> None:
    database = _file(tmp_path / "p.db")
    house = install_in(database)
    with database.session() as session:
        epoch.renew(session.connection(), house.epoch, ids=house.id)
        session.commit()
    assert [row.epoch for row in house.rows(t.ended_epoch)] == [house.epoch]
    portal = house.rows(t.portal)
    migrate.downgrade(database.engine, "0002")
    assert "ended_epoch" not in inspect(database.engine).get_table_names()
    assert house.rows(t.portal) == portal
    migrate.upgrade(database.engine)
    assert (house.rows(t.portal), house.rows(t.ended_epoch)) == (portal, [])
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []
    database.close()


def test_the_facts_of_what_is_published_are_filled_in_and_taken_away(tmp_path: Path) -> None:
    database = _file(tmp_path / "p.db")
    house = install_in(database)
    entry_id, rid = house.published(article(urgent=True))
    house.published({**article(variant_of=entry_id), "lang": "en"})
    assert house.outcome("truongban", house.command("revise", entry_id, ver=3)) == ("applied", None)
    again = house.put(entry_id, article("Sửa"), base=rid)
    assert house.outcome("ctv.vanhoa", again) == ("applied", None)
    house.walk(entry_id, again["rid"], to="published", ver=4)
    with_facts = house.rows(t.publication)
    first = with_facts[0].published
    assert [(row.first_published, row.urgent, row.lang, row.variant_of) for row in with_facts] == [
        (first, True, "vi", None), (with_facts[1].published, False, "en", entry_id), (first, False, "vi", None),
    ]  # fmt: skip

    migrate.downgrade(database.engine, "0001")
    columns = {column["name"] for column in inspect(database.engine).get_columns("publication")}
    assert columns == {*t.publication.c.keys()} - {"first_published", "urgent", "lang", "variant_of"}
    migrate.upgrade(database.engine)
    assert house.rows(t.publication) == with_facts
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []
        assert list(connection.exec_driver_sql("PRAGMA foreign_key_check")) == []
    database.close()


def test_blobs_in_the_database_become_files_and_come_back(tmp_path: Path) -> None:
    path, files = tmp_path / "p.db", DiskFiles(tmp_path / "p.db.data" / "blobs")
    database = open_database(f"sqlite:///{path}", create=True, files=files)
    house, sent = install_in(database), [b"%PDF-1.7 " + bytes([number]) * 70_000 for number in range(3)]
    for data in sent:
        with database.session() as session:
            store_blob(session, files, digest(data), data=data, member_id="u-truongban", now=house.stamp())
    kept = house.rows(t.blob)
    migrate.downgrade(database.engine, "0003", files=files)
    with database.engine.connect() as connection:
        assert set(connection.execute(text("SELECT data FROM blob")).scalars()) == set(sent)
    shutil.rmtree(tmp_path / "p.db.data")
    database.close()

    with pytest.raises(DatabaseError, match="where files go"):
        open_database(f"sqlite:///{path}", create=True)
    database = open_database(f"sqlite:///{path}", create=True, files=files)
    house = replace(house, database=database)
    assert house.rows(t.blob) == kept
    assert [b"".join(files.read(digest(data))) for data in sent] == sent
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), t.metadata) == []
    database.close()
