"""A progress ring: how many of a page's exercises are solved, as a picture, a number and a text."""

from math import pi

_RADIUS = 15.9
_ROUND = 2 * pi * _RADIUS
_CIRCLE = f'cx="20" cy="20" r="{_RADIUS}" fill="none" stroke-width="4"'


def svg(solved: int, total: int, *, label: str) -> str:
    """The ring as inline SVG that follows the theme; `label` says in words what it counts."""
    arc = _ROUND * solved / total if total else 0.0
    return (
        '<svg viewBox="0 0 40 40" width="44" height="44" role="img" '
        f'aria-label="{label}: {solved} of {total} solved">'
        f'<circle {_CIRCLE} stroke="currentColor" stroke-opacity="0.18"/>'
        f'<circle {_CIRCLE} stroke="var(--st-primary-color)" '
        f'stroke-dasharray="{arc:.2f} {_ROUND:.2f}" transform="rotate(-90 20 20)"/>'
        '<text x="20" y="24" text-anchor="middle" font-size="11" fill="currentColor">'
        f"{solved}/{total}</text></svg>"
    )
