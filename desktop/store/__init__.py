"""What this machine keeps: the `Store` port on SQLite. `open_store(home, clock=clock)`; None keeps it in memory.

A window or a command line opens its home with `open_or_recover`, works in it while it is `cared_for`, and ends with `attend`.
"""

from desktop.store.care import attend, cared_for
from desktop.store.opening import back_up_if_due, note_damage, open_or_recover, open_store

__all__ = ["attend", "back_up_if_due", "cared_for", "note_damage", "open_or_recover", "open_store"]
