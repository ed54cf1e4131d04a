"""Running the migrations in `server_stub/store/migrations` on an engine, without an ini file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from server_stub.store.files import Files


def upgrade(engine: Engine, revision: str = "head", *, files: Files | None = None) -> None:
    """Bring the database to `revision`, in one transaction; blobs that lie in it go to `files`."""
    with engine.begin() as connection:
        config = _config()
        config.attributes |= {"connection": connection, "files": files}
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str, *, files: Files | None = None) -> None:
    """Take the database back to `revision`; what needs the bytes of blobs gets them from `files`."""
    with engine.begin() as connection:
        config = _config()
        config.attributes |= {"connection": connection, "files": files}
        command.downgrade(config, revision)


def at_head(engine: Engine) -> bool:
    """Whether the database is at the newest revision this program knows."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == head()


def is_newer(engine: Engine) -> bool:
    """Whether the database was written by a newer program: its revision is not among ours."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    return current is not None and current not in known


def head() -> str | None:
    """The newest revision this program knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
