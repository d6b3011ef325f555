"""Benchmarks of rgcore against peers that do the same work, in one run."""
