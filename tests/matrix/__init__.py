"""Rights of the portal, asked over HTTP: endpoint × role × state × relation, every cell with its expected answer.

`./dev matrix` asks all of it; the expected answers are in `table.py` and `endpoints.py`, read off docs/wire.md and the profile.
"""
