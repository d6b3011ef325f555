"""rgcore."""
