"""A progress ring: how many of a page's exercises are solved and mastered, as a picture, a number and a text."""

from lrlab.charts import colours

_BOX = "position:relative;width:44px;height:44px;display:grid;place-items:center;font-size:0.75rem"
_HOLE = "radial-gradient(farthest-side,transparent 74%,#000 76%)"
_BELOW = "font-size:0.75rem;width:44px;text-align:center"


def html(solved: int, total: int, mastered: int = 0, *, label: str) -> str:
    """The ring as HTML with styles of its own; `label` says in words what it counts.

    The ring fills with what is solved. A diamond below it counts what is mastered.
    """
    share = 100 * solved / total if total else 0.0
    arc = f"conic-gradient({colours.JUST_RIGHT} {share:.1f}%,rgba(128,128,128,0.28) 0)"
    said = f"{label}: {solved} of {total} solved" + (f", {mastered} mastered" if mastered else "")
    below = f'<div style="{_BELOW}">◆ {mastered}</div>' if mastered else ""
    return (
        f'<div role="img" aria-label="{said}"><div style="{_BOX}">'
        f'<div style="position:absolute;inset:0;border-radius:50%;background:{arc};'
        f'-webkit-mask:{_HOLE};mask:{_HOLE}"></div>{solved}/{total}</div>{below}</div>'
    )
