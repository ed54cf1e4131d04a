"""What this machine keeps: the `Store` port on SQLite. `open_store(home, clock=clock)`; None keeps it in memory.

A window or a command line opens its home with `open_or_recover` and ends with `back_up_if_due`.
"""

from desktop.store.opening import back_up_if_due, note_damage, open_or_recover, open_store

__all__ = ["back_up_if_due", "note_damage", "open_or_recover", "open_store"]
