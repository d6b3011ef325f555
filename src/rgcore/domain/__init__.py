"""The group as frozen values and pure functions; attrs and the standard library."""
