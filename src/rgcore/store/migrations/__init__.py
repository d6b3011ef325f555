"""Migrations of the three databases, run by `rgcore.store.migrate`."""
