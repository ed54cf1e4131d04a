"""Use cases, and the ports through which they reach a store, a portal, a renderer, a keyring and a clock."""
