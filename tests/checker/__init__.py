"""Random histories of real clients and the real portal in one process, judged by named invariants."""
