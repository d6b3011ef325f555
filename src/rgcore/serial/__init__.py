"""Two doors, one schema.

`wire` is the strict door for what strangers wrote: JSON, TOML, imports, plugins.
`packed` is the quick one for what rgcore sealed itself. Both give the same classes.
"""
