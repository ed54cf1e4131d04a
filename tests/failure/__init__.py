"""Crash, power cut, n-th failure and damage: what the store of this product keeps when the machine under it does not."""
