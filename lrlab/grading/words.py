"""The words an exercise file is made of: quantities and where they come from, walks, and things to look at.

A quantity is a number, or the name of a parameter or value. The text under each field is what an editor shows.
"""

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)

from lrlab.descent import OPTIMIZERS
from lrlab.descent.surfaces import CONSTRUCTORS
from lrlab.grading.formulas import FORMULAS
from lrlab.grading.templates import unknown

STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class Template(str):
    """A text with named numbers in it; see `templates`."""


class Reference(str):
    """The name of a parameter or of a derived value."""


class Pointer(str):
    """The name of an option, or of a derived value that gives one."""


def one_of(what: str, known: Collection[str]) -> tuple[AfterValidator, WithJsonSchema]:
    """The two marks of a string that must be one of a closed list: the check, and the list for editors."""

    def check(name: str) -> str:
        if name not in known:
            raise ValueError(unknown(what, name, known))
        return name

    return AfterValidator(check), WithJsonSchema({"type": "string", "enum": list(known)})


Number = Annotated[float, Field(allow_inf_nan=False)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Label = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Line = Annotated[str, StringConstraints(pattern=r"\S", max_length=200)]
TextLine = Annotated[str, StringConstraints(pattern=r"\S", max_length=200), AfterValidator(Template)]
Text = Annotated[str, StringConstraints(pattern=r"\S", max_length=4000), AfterValidator(Template)]
Quantity = Number | Annotated[Name, AfterValidator(Reference)]
SurfaceName = Annotated[str, *one_of("surface", CONSTRUCTORS)]
OptimizerName = Annotated[str, *one_of("optimizer", OPTIMIZERS)]
FormulaName = Annotated[str, *one_of("formula", FORMULAS)]


class Range(BaseModel):
    """A number drawn between two others, for each learner anew."""

    model_config = STRICT

    low: Number
    """The smallest number that may be drawn."""
    high: Number
    """The largest number that may be drawn."""
    spacing: Literal["even", "log"] = "even"
    """`even`: every number is as likely as another; `log`: every decade is."""
    digits: int = Field(default=2, ge=1, le=4)
    """How many significant digits the number has, so that it can be written down."""
    whole: bool = False
    """Whether only whole numbers are drawn."""

    @model_validator(mode="after")
    def _is_a_range(self) -> "Range":
        if self.low >= self.high:
            raise ValueError(f"low is {self.low:g} and high is {self.high:g}; low must be below high")
        if self.spacing == "log" and self.low <= 0:
            raise ValueError(f"low is {self.low:g}; with spacing 'log' it must be above 0")
        return self


class Choices(BaseModel):
    """A number or a word drawn from a list, for each learner anew."""

    model_config = STRICT

    choices: tuple[Number | Line, ...] = Field(min_length=2, max_length=50)
    """All numbers, or all words."""

    @model_validator(mode="after")
    def _are_alike(self) -> "Choices":
        if len({isinstance(choice, str) for choice in self.choices}) > 1:
            raise ValueError("choices are partly numbers and partly words; make them all the same")
        return self


def _form_of_parameter(given: Any) -> str:
    if isinstance(given, dict):
        return "choices" if "choices" in given else "range"
    return "word" if isinstance(given, str) else "number"


Parameter = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[Line, Tag("word")]
    | Annotated[Range, Tag("range")]
    | Annotated[Choices, Tag("choices")],
    Discriminator(_form_of_parameter),
]


class Derived(BaseModel):
    """A value computed by one of the lab's own formulae; its other fields are that formula's arguments."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True, use_attribute_docstrings=True)
    __pydantic_extra__: dict[str, Quantity] = Field(init=False)

    formula: FormulaName
    """The name of the formula."""


class Walk(BaseModel):
    """Where to descend and by which rule; everything left out is the surface's or the optimizer's own."""

    model_config = STRICT

    surface: SurfaceName
    """The name of a surface in the lab's catalogue."""
    shape: dict[Name, Quantity | Annotated[tuple[Quantity, ...], Field(min_length=2, max_length=2)]] = {}
    """The parameters of the surface, such as `curvatures = ["flat", "steep"]`."""
    optimizer: OptimizerName = "sgd"
    """The name of an optimizer in the lab's catalogue."""
    coefficients: dict[Name, Quantity] = {}
    """The optimizer's coefficients by PyTorch's names, such as `momentum = 0.9`."""
    start: Annotated[tuple[Quantity, ...], Field(min_length=2, max_length=2)] | None = None
    """The point the walk starts from."""


class Log(BaseModel):
    """A printed training log of a walk, shown under the prompt."""

    model_config = STRICT

    kind: Literal["log"]
    walk: Walk
    rate: Quantity
    steps: Quantity
    first: int = Field(default=0, ge=0)
    """The first step that is printed."""
    every: int = Field(default=1, ge=1)
    """Print the loss at every so many steps."""
    added: Quantity = 0.0
    """A constant part of the loss that no step can remove."""
    gradient: bool = False
    """Whether the length of the gradient is printed too."""
    jump_to: Quantity | None = None
    """A second rate, used from step `jump_at` on."""
    jump_at: Quantity | None = None

    @model_validator(mode="after")
    def _jumps_whole(self) -> "Log":
        if (self.jump_to is None) != (self.jump_at is None):
            raise ValueError("jump_to and jump_at belong together; give both or neither")
        return self


class RangeCurve(BaseModel):
    """The curve of a learning-rate range test, shown under the prompt."""

    model_config = STRICT

    kind: Literal["range_test"]
    shift: Quantity = 0.0
    """By how many decades the reference curve is moved to larger rates."""


Exhibit = Annotated[Log | RangeCurve, Field(discriminator="kind")]
