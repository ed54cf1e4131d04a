"""The sync centre: everything that waits, what became of what was sent, and the last syncs."""
