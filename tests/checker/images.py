"""Databases of one process, used by history after history: each starts from the same image, copied page by page."""

from contextlib import closing
from typing import Any

import pysqlite3.dbapi2
from sqlalchemy import Engine, PoolProxiedConnection


class Image:
    """The content of an SQLite database at one moment."""

    def __init__(self, engine: Engine) -> None:
        self._copy = pysqlite3.dbapi2.connect(":memory:", check_same_thread=False)
        with closing(engine.raw_connection()) as connection:
            self._driver(connection).backup(self._copy)

    def lay_into(self, engine: Engine) -> None:
        """Replace everything in the database of `engine`."""
        with closing(engine.raw_connection()) as connection:
            self._copy.backup(self._driver(connection))

    def _driver(self, connection: PoolProxiedConnection) -> Any:  # noqa: ANN401  the driver has no types
        return connection.driver_connection
