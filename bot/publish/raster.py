"""How does a drawing become an image that Slack shows? By resvg, with the font that ships, and only here."""

from __future__ import annotations

from functools import lru_cache

import resvg_py

from bot.places import TEMPLATES

#: Pixels per unit of the drawing, so that it is sharp on a phone's screen.
ZOOM = 2
_FONTS = tuple(
    str(TEMPLATES / "picture" / name) for name in ("DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf")
)
_FAMILY = "DejaVu Sans Condensed"


@lru_cache(maxsize=4)
def png(svg: str) -> bytes:
    """The drawing as a PNG; the same drawing gives the same bytes, since no font of the machine is used.

    The last ones are kept: a file's length is promised to Slack before its bytes are sent.
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=ZOOM,
        skip_system_fonts=True,
        font_files=list(_FONTS),
        font_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )
