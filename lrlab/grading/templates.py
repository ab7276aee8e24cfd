"""Prompts and messages with named numbers in them, and LaTeX around those; nothing in a template is ever run.

`{rate}` is a number, `{rate:.2f}` the same with a format. LaTeX keeps its braces: after a command (`\\frac{`), `^` or
`_`, and between two groups (`}{`), a brace belongs to LaTeX. A number inside such a group gets braces of its own:
`\\frac{{rate}}{2}` becomes `\\frac{0.1}{2}`.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

_TOKEN = re.compile(
    r"""(?P<latex> \\[A-Za-z]+\*? (?:\[[^\]\n]*\])? \{? | \\. | [\^_]\{ | \}\{ )
      | \{ (?P<name>[A-Za-z]\w*) (?: : (?P<form>[^{}]*) )? \}
      | \{ (?P<odd>[A-Za-z_]\w* \s* [.\[!(] [^{}]*) \}""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_IN_GROUP = re.compile(r"([A-Za-z]\w*)(?::[^{}]*)?\}", re.ASCII)
_FORM = re.compile(r"[+,]?(?:\.[0-9]{1,2})?[defg]", re.ASCII)


def fill(template: str, numbers: Mapping[str, float | str]) -> str:
    """Put the named numbers into a template.

    >>> fill(r"A step of {rate} on $\\frac{{curvature:.1f}}{2} x^2$.", {"rate": 0.05, "curvature": 3})
    'A step of 0.05 on $\\\\frac{3.0}{2} x^2$.'
    """

    def put(match: re.Match[str]) -> str:
        if match["name"] is None:
            return match[0]
        return shown(numbers[match["name"]], match["form"])

    return _TOKEN.sub(put, template)


def shown(number: float | str, form: str | None = None) -> str:
    """A number as a person would write it: the digits that matter, no 1e-05, no 0.30000000000000004.

    >>> [shown(number) for number in (0.1 + 0.2, 2, 1e-7, 1234.5678, 1 / 3)]
    ['0.3', '2', '1e-7', '1235', '0.3333']
    """
    if isinstance(number, str):
        return number
    if form is not None:
        text = format(round(number) if form.endswith("d") else number, form)
    elif float(number).is_integer() and abs(number) < 1e7:
        return str(int(number))
    elif 1e3 <= abs(number) < 1e7:
        return str(round(number))
    else:
        exact = f"{number:.6g}"
        text = exact if float(exact) == number else f"{number:.4g}"
        if "e" in text and 1e-4 <= abs(number) < 1e7:
            text = f"{float(text):f}".rstrip("0").rstrip(".")
    return re.sub(r"e([+-])0*(\d)", lambda match: f"e{match[1].replace('+', '')}{match[2]}", text)


def names(template: str) -> Iterator[str]:
    """The names a template asks for, in order."""
    return (match["name"] for match in _TOKEN.finditer(template) if match["name"] is not None)


def complaints(template: str, known: Collection[str], words: Collection[str] = ()) -> Iterator[str]:
    """What is wrong with a template, given the names it may use; `words` are those that are not numbers."""
    for match in _TOKEN.finditer(template):
        if match["odd"] is not None:
            yield f"{match[0]!r} is not a name; a template holds names of numbers and nothing else"
        elif match["name"] is not None:
            name, form = match["name"], match["form"]
            if name not in known:
                yield unknown("name", name, known)
            elif form is not None and not _FORM.fullmatch(form):
                yield f"{match[0]!r} has a format that is not allowed; write one such as :.3g, :.2f or :d"
            elif form is not None and name in words:
                yield f"{match[0]!r} has a number's format, but {name} is a word"
        elif match[0].endswith("{"):
            inside = _IN_GROUP.match(template, match.end())
            if inside and inside[1] in known:
                group = f"{match[0]}{inside[0]}"
                yield f"{group!r} is LaTeX's own brace; write {match[0]}{{{inside[0]}}} to put the number in"


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """Say that a name is unknown, and which known one it resembles.

    >>> unknown("kind", "nmber", ("rate", "number"))
    "unknown kind 'nmber'; did you mean 'number'?"
    """
    name = name if len(name) <= 60 else f"{name[:60]}…"
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    if near:
        return f"unknown {what} {name!r}; did you mean {near[0]!r}?"
    return f"unknown {what} {name!r}; known are {', '.join(sorted(known)) or 'none'}"
