"""The app's two icons, drawn: a compass needle in a ring, since a pilot (los) shows the way through Kompass.

Teams wants a 192 x 192 icon in full colour and a 32 x 32 outline in white on nothing. Every shape is a distance to its
edge in units of half the icon, so both sizes come from the same drawing with smooth edges. The PNG is written here:
an image library would be a large dependency for two small pictures.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from bot.teams_app.manifest import ACCENT

Floats = NDArray[np.float64]

COLOUR_SIZE, OUTLINE_SIZE = 192, 32

_WHITE = (255, 255, 255)
_NORTH = (249, 198, 107)
_TILT = np.deg2rad(35.0)

# In units of half the icon.
_RING, _RING_WIDTH = 0.62, 0.09
_NEEDLE, _NEEDLE_WIDTH = 0.44, 0.17
_OUTLINE_RING, _OUTLINE_WIDTH = 0.82, 0.13
_OUTLINE_NEEDLE, _OUTLINE_NEEDLE_WIDTH = 0.52, 0.24


def colour_icon() -> bytes:
    """A PNG of 192 x 192: white ring and needle on the accent colour, the needle's north in amber."""
    along, across = _turned(COLOUR_SIZE)
    image = np.empty((COLOUR_SIZE, COLOUR_SIZE, 4))
    image[...] = (*bytes.fromhex(ACCENT.removeprefix("#")), 255)
    _paint(image, _ring(along, across, _RING, _RING_WIDTH), _WHITE)
    needle = _diamond(along, across, _NEEDLE, _NEEDLE_WIDTH)
    _paint(image, needle, _WHITE)
    _paint(image, np.maximum(needle, -along), _NORTH)
    return _png(image)


def outline_icon() -> bytes:
    """A PNG of 32 x 32: white, the rest transparent."""
    along, across = _turned(OUTLINE_SIZE)
    shape = np.minimum(
        _ring(along, across, _OUTLINE_RING, _OUTLINE_WIDTH),
        _diamond(along, across, _OUTLINE_NEEDLE, _OUTLINE_NEEDLE_WIDTH),
    )
    image = np.empty((OUTLINE_SIZE, OUTLINE_SIZE, 4))
    image[..., :3] = _WHITE
    image[..., 3] = 255 * _coverage(shape)
    return _png(image)


def _turned(size: int) -> tuple[Floats, Floats]:
    """Every pixel's place along and across the needle, from -1 to 1 at the icon's edges."""
    places = (np.arange(size) + 0.5) / size * 2 - 1
    x, y = np.meshgrid(places, -places)
    return x * np.sin(_TILT) + y * np.cos(_TILT), x * np.cos(_TILT) - y * np.sin(_TILT)


def _ring(along: Floats, across: Floats, radius: float, width: float) -> Floats:
    distance: Floats = np.abs(np.hypot(along, across) - radius) - width / 2
    return distance


def _diamond(along: Floats, across: Floats, length: float, width: float) -> Floats:
    """Not the exact distance, but right on the edge and nearly so beside it, which is where it counts."""
    scale = np.hypot(1 / length, 1 / width)
    distance: Floats = (np.abs(along) / length + np.abs(across) / width - 1) / scale
    return distance


def _coverage(distance: Floats) -> Floats:
    """How much of each pixel lies inside a shape."""
    pixel = 2 / len(distance)
    inside: Floats = np.clip(0.5 - distance / pixel, 0.0, 1.0)
    return inside


def _paint(image: Floats, distance: Floats, colour: tuple[int, int, int]) -> None:
    inside = _coverage(distance)[..., np.newaxis]
    image[..., :3] = image[..., :3] * (1 - inside) + np.array(colour) * inside


def _png(image: Floats) -> bytes:
    """A PNG (RFC 2083) of 8-bit RGBA."""
    height, width, _ = image.shape
    pixels = np.rint(image).astype(np.uint8)
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)  # 0: no filter
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
