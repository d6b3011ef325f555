"""A setting of rgcore for groups that a recovery college (herstelacademie) supports.

A worked example: small, and whole. What it brings is data, one module a kind; what it
says of itself stands in `rgcore.toml`, which rgcore reads without importing anything.
"""
