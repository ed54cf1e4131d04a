"""Every decision of the portal, in plain modules: no web framework, no clock, no randomness of its own."""
