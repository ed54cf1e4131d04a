"""Histories of real processes: portal and members each on their own, sockets through the fault proxy, files, kill -9 of both sides."""
