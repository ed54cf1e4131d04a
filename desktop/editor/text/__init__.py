"""Text without Qt: normalising, rendering, sanitising, the page, editing commands, highlighting."""
