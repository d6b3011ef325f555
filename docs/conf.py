"""How Sphinx builds these pages; `tox -e docs` turns every warning into an error."""

from __future__ import annotations

from importlib import metadata

from sphinx.application import Sphinx

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
# A default such as the whole method would be spelt out otherwise.
autodoc_preserve_defaults = True
napoleon_custom_sections = [("Class attributes", "Attributes")]
# What a class is made with is said once, under its attributes.
autodoc_typehints_description_target = "documented"
napoleon_use_ivar = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False

nitpicky = True
# Names of other projects: their inventories would have to be fetched, and a build
# must not need a network.
nitpick_ignore_regex = [
    (r"py:.*", r"(abc|attrs?|collections|datetime|enum|pathlib|typing)\..*"),
    (r"py:.*", r"(sqlalchemy|types|zoneinfo)\..*"),
    # What a marked field is marked with stands in its type and is no name.
    (r"py:class", r"rgcore\.domain\.(ids|text)\.Annotated"),
    (r"py:class", r"(kind|vocabulary)=<.*"),
    # Internal to a layer, or a name of Python's without its module.
    (r"py:class", r"rgcore\.store\.(store\.Store|engines\..*)"),
    (r"py:class", r"rgcore\.(serial\.wire\.ClsT|domain\.inspection\..*)"),
    (r"py:class", r"rgcore\.institution\.recording\.Means"),
    (r"py:class", r"rgcore\.store\.erasing_register\.(Erasure|Register)"),
    # Named without its module: it is in the reference under its own.
    (r"py:exc", r"ErasureRefused"),
    (r"py:class", r"(AccessLog|Database|MappingProxyType|Store)"),
    (r"py:class", r"(DenialsOf|SpeaksOf|SpeaksTo)"),
]


def _keep_as_prose(
    app: object, what: str, name: str, obj: object, options: object, lines: list[str]
) -> None:
    """Keep the first sentence of a property whole.

    Napoleon takes what stands before a colon for the type of the property.
    """
    del app, name, obj, options
    if what in {"attribute", "data", "property"} and lines:
        lines[0] = lines[0].replace(": ", " – ")  # noqa: RUF001 - a dash, for print


def setup(app: Sphinx) -> None:
    """Look at docstrings before Napoleon does."""
    app.connect("autodoc-process-docstring", _keep_as_prose, priority=100)


# Prompts of a shell or of Python are shown and not copied.
copybutton_prompt_text = r"\$ |>>> |\.\.\. "
copybutton_prompt_is_regexp = True
