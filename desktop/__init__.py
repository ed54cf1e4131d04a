"""Tòa Soạn, the desktop client."""
