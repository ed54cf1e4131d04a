"""Every speed that this project claims, each beside a reference measured in the same run: `./dev bench`.

A module here registers functions with `@benchmark(...)` from `benchmarks.harness`; it needs no other registration.
"""
