"""The demo portal's story: who works there, what they wrote, and how it is turned into frozen operations."""
