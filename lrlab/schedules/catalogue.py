"""Every schedule in words: its title, its formula, what it is for, and an example to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lrlab.schedules.cycles import cosine_restarts, triangular
from lrlab.schedules.join import one_cycle, warmup, warmup_stable_decay
from lrlab.schedules.schedule import Schedule
from lrlab.schedules.shapes import (
    constant,
    cosine,
    exponential,
    inverse_sqrt,
    inverse_time,
    linear,
    milestones,
    polynomial,
    step_decay,
)


@dataclass(frozen=True)
class Kind:
    """One kind of schedule: LaTeX for its formula, a sentence of what it is for, and an example over 100 steps."""

    title: str
    formula: str
    purpose: str
    example: Schedule

    @property
    def name(self) -> str:
        """The name of its constructor."""
        return self.example.name


def _kinds(*kinds: Kind) -> Mapping[str, Kind]:
    return MappingProxyType({kind.name: kind for kind in kinds})


KINDS: Mapping[str, Kind] = _kinds(
    Kind(
        "Constant",
        r"\alpha_t = \alpha_0",
        "What every other schedule has to beat.",
        constant(0.1),
    ),
    Kind(
        "Step decay",
        r"\alpha_t = \alpha_0\, \gamma^{\lfloor t / k \rfloor}",
        "Predictable and easy to read off a curve; each edge can be felt.",
        step_decay(0.1, every=30, factor=0.1),
    ),
    Kind(
        "Milestones",
        r"\alpha_t = \alpha_0\, \gamma^{\#\{m \le t\}}",
        "Step decay with the edges where you want them.",
        milestones(0.1, at=(40, 80), factor=0.1),
    ),
    Kind(
        "Exponential",
        r"\alpha_t = \alpha_0\, \gamma^t",
        "Smooth, and soon very small: 0.95 leaves about 60 % after ten steps and half a percent after a hundred.",
        exponential(0.1, 0.95),
    ),
    Kind(
        "Polynomial",
        r"\alpha_t = \alpha_T + (\alpha_0 - \alpha_T)\,(1 - t/T)^p",
        "Ends exactly where and when you say; with p = 1 it is a straight line.",
        polynomial(0.1, 100, power=2.0),
    ),
    Kind(
        "Linear",
        r"\alpha_t = \alpha_0 + (\alpha_T - \alpha_0)\, t/T",
        "The ramp of a warm-up, and a good last stretch of a run.",
        linear(0.1, 0.0, 100),
    ),
    Kind(
        "Cosine annealing",
        r"\alpha_t = \alpha_T + (\alpha_0 - \alpha_T)\, \tfrac12 (1 + \cos(\pi t / T))",
        "Stays high for a while, is steep in the middle, and settles gently.",
        cosine(0.1, 0.0, 100),
    ),
    Kind(
        "Cosine with warm restarts",
        r"\alpha_t = \alpha_T + (\alpha_0 - \alpha_T)\, \tfrac12 (1 + \cos(\pi u_t / T_k))",
        "Every restart is a chance to leave a poor well, and a risk of leaving a good one.",
        cosine_restarts(0.1, 0.001, first=25),
    ),
    Kind(
        "Inverse square root",
        r"\alpha_t = \alpha_{\max} \min\left(\frac{t+1}{w}, \sqrt{\frac{w}{t+1}}\right)",
        "The transformer's schedule: needs no end, so a run can go on.",
        inverse_sqrt(0.1, warmup=10),
    ),
    Kind(
        "Inverse time",
        r"\alpha_t = \frac{\alpha_0}{1 + k t}",
        "The classical choice: noise is averaged away, and no point is out of reach.",
        inverse_time(0.1, 0.1),
    ),
    Kind(
        "Triangular cycles",
        r"\alpha_t = \alpha_{\min} + (\alpha_{\max} - \alpha_{\min})\,(1 - |t/h - 2\lfloor t/2h \rfloor - 1|)",
        "Sweeps a bracket of rates again and again, when you know two good ends but no middle.",
        triangular(0.01, 0.1, half_cycle=20),
    ),
    Kind(
        "Warm-up",
        r"\alpha_t = \alpha_{\text{first}} + (\alpha_{\text{after}} - \alpha_{\text{first}})\, t/w \quad (t < w)",
        "Short steps while the weights are still random, then any schedule you like.",
        warmup(10, cosine(0.1, 0.0, 90)),
    ),
    Kind(
        "One-cycle",
        r"\alpha_{\max}/d \;\to\; \alpha_{\max} \;\to\; \alpha_{\max}/(d \cdot f)",
        "One high peak that a constant rate would not survive, and a long way down.",
        one_cycle(0.1, 100),
    ),
    Kind(
        "Warm-up, stable, decay",
        r"\text{up for } w,\quad \alpha_{\max} \text{ for } s,\quad \text{down for } d",
        "The length of the run can be decided late: only the last stretch falls.",
        warmup_stable_decay(0.1, warmup=10, stable=70, decay=20),
    ),
)
"""Every kind of schedule by the name of its constructor; `join` is how they are put together."""
