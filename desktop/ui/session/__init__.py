"""Who works here: signing in, the first password."""
