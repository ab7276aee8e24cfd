"""A progress ring: how many of a page's exercises are solved, as a picture, a number and a text."""

from math import pi

_RADIUS = 15.9
_ROUND = 2 * pi * _RADIUS


def svg(solved: int, total: int, *, label: str) -> str:
    """The ring as inline SVG that follows the theme; `label` says in words what it shows."""
    share = solved / total if total else 0.0
    return (
        f'<svg viewBox="0 0 40 40" width="44" height="44" role="img" aria-label="{label}: {solved} of {total} solved">'
        f'<circle cx="20" cy="20" r="{_RADIUS}" fill="none" stroke="currentColor" stroke-opacity="0.18" stroke-width="4"/>'
        f'<circle cx="20" cy="20" r="{_RADIUS}" fill="none" stroke="var(--st-primary-color)" stroke-width="4" '
        f'stroke-dasharray="{share * _ROUND:.2f} {_ROUND:.2f}" transform="rotate(-90 20 20)"/>'
        f'<text x="20" y="24" text-anchor="middle" font-size="11" fill="currentColor">{solved}/{total}</text></svg>'
    )
