"""Talking with the portal: transport, vault, and the sync cycle; no Qt, no database of its own."""
