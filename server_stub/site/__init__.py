"""The public site: what was approved, as pages that run nothing."""
