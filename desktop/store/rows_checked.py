"""Texts, working copies and queued operations against their digests, for files that nobody reads at the moment."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Engine

from desktop.domain.errors import StoreDamaged
from desktop.store import codec
from desktop.store.tables import COVERED

_COLUMNS: Final = "SELECT name FROM pragma_table_info(?)"


def check_rows(engine: Engine) -> None:
    """StoreDamaged if the disk has changed one of them."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        for table, named in _changed(driver):
            raise StoreDamaged(f"the disk has changed a row of {table}: {named}")


def rows_are_sound(driver: Any) -> bool:  # noqa: ANN401  the driver has no types
    """The same of a connection of the driver's own."""
    return next(_changed(driver), None) is None


def _changed(driver: Any) -> Iterator[tuple[str, object]]:  # noqa: ANN401
    for table, columns in COVERED.items():
        if ("digest",) not in driver.execute(_COLUMNS, (table,)).fetchall():
            continue  # of an earlier version
        names = ", ".join(f'"{name}"' for name in columns)
        for *values, digest in driver.execute(f"SELECT {names}, digest FROM {table}"):  # noqa: S608  constants
            if codec.digest(*values) != digest:
                yield table, values[0]
