"""What this machine keeps: the `Store` port on SQLite. `open_store(home, clock=clock)`; None keeps it in memory."""

from desktop.store.opening import open_store

__all__ = ["open_store"]
