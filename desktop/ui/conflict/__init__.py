"""Reading and deciding: what cannot be written here now, the board's queue, conflicts and cards."""
