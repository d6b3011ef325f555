"""`rgcore sociogram`: a drawing of the client as a picture."""

from __future__ import annotations

import argparse

from rgcore.access import View
from rgcore.cli.files import new_file, write_new
from rgcore.cli.session import institution, language, view
from rgcore.domain.sociogram import Sociogram
from rgcore.errors import NoSociogram
from rgcore.render.sociogram import sociogram_svg
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Print the drawing as SVG, or write it to a new file."""
    file = new_file(options.out)
    with institution(options) as opened:
        seen = view(options, opened)
    drawn = sociogram_svg(seen, language(options), _chosen(seen, options.version))
    if file is None:
        print(drawn, end="")
    else:
        write_new(file, drawn)
        said = translator(language(options))
        print(said("Written: {file}").format(file=file))
    return 0


def _chosen(seen: View, version: int | None) -> Sociogram | None:
    """Return the drawing with a number; `None`, for the latest, if none was named."""
    if version is None:
        return None
    for drawing in seen.group.sociograms:
        if drawing.version == version:
            return drawing
    raise NoSociogram
