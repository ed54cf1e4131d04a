"""The reference portal: publishing API, workflow enforcement and public site.

It shares only `resources/` with the desktop client and imports nothing from it.
"""
