"""What fills the pages of the reference, one module a page."""
