"""The editorial day: a board works through its three steps in real windows against a real portal process.

Keys, mouse and HTTP only.
"""
