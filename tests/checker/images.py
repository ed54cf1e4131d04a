"""Databases of one process, used by history after history: each starts from the same image, copied page by page."""

from contextlib import closing

import pysqlite3.dbapi2
from sqlalchemy import Engine


class Image:
    """The content of an SQLite database at one moment."""

    def __init__(self, engine: Engine) -> None:
        self._copy = pysqlite3.dbapi2.connect(":memory:", check_same_thread=False)
        with closing(engine.raw_connection()) as connection:
            connection.driver_connection.backup(self._copy)

    def lay_into(self, engine: Engine) -> None:
        """Replace everything in the database of `engine`."""
        with closing(engine.raw_connection()) as connection:
            self._copy.backup(connection.driver_connection)
