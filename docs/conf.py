"""How Sphinx builds these pages; `tox -e docs` turns every warning into an error."""

from __future__ import annotations

from importlib import metadata

project = "rgcore"
author = "The rgcore contributors"
project_copyright = "The rgcore contributors, Apache-2.0"
release = metadata.version("rgcore")
version = release
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
exclude_patterns = ["_build", "templates"]

html_theme = "furo"
html_title = f"rgcore {release}"

# A glossary row has its anchor in its first cell: [Term]{#term}.
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_google_docstring = True
napoleon_numpy_docstring = False

nitpicky = True
# Names of other projects: their inventories would have to be fetched, and a build
# must not need a network.
nitpick_ignore_regex = [
    (r"py:.*", r"(abc|attrs?|collections|datetime|enum|pathlib|typing)\..*"),
    (r"py:.*", r"(sqlalchemy|types|zoneinfo)\..*"),
]

# Prompts of a shell or of Python are shown and not copied.
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
