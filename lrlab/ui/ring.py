"""A progress ring: how many of a page's exercises are solved, as a picture, a number and a text."""

from lrlab.charts import colours

_BOX = "position:relative;width:44px;height:44px;display:grid;place-items:center;font-size:0.75rem"
_HOLE = "radial-gradient(farthest-side,transparent 74%,#000 76%)"


def html(solved: int, total: int, *, label: str) -> str:
    """The ring as HTML with styles of its own; `label` says in words what it counts."""
    share = 100 * solved / total if total else 0.0
    arc = f"conic-gradient({colours.JUST_RIGHT} {share:.1f}%,rgba(128,128,128,0.28) 0)"
    return (
        f'<div role="img" aria-label="{label}: {solved} of {total} solved" style="{_BOX}">'
        f'<div style="position:absolute;inset:0;border-radius:50%;background:{arc};'
        f'-webkit-mask:{_HOLE};mask:{_HOLE}"></div>{solved}/{total}</div>'
    )
