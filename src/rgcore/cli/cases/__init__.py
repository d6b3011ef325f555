"""Cases that `rgcore demo` replays, as data."""
