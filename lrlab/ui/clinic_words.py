"""What the clinic says in general: every symptom as a log prints it, and the code that names it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from lrlab.diagnosis import SIGNS, Symptom
from lrlab.ui.clinic_lab import shown

IN_A_LOG: Mapping[Symptom, Sequence[float]] = {
    Symptom.CREEPING: (0.5001, 0.5, 0.4999),
    Symptom.HEALTHY: (2.3, 1.2, 0.7, 0.5, 0.41),
    Symptom.OSCILLATING: (4.0, 1.0, 2.4, 0.8, 1.2, 0.75),
    Symptom.BOUNCING: (0.5, 0.3, 0.8, 0.2, 1.5),
    Symptom.DIVERGING: (0.5, 0.6, 0.9, 1.8, 5.2),
    Symptom.NOISE_FLOOR: (2.1, 0.7, 0.31, 0.37, 0.28, 0.35, 0.3, 0.37, 0.29, 0.34, 0.28, 0.36),
    Symptom.PLATEAU: (0.693, 0.692, 0.692, 0.691, 0.691, 0.69, 0.689, 0.65, 0.3, 0.11),
    Symptom.SUDDEN_CHANGE: (
        *(0.9, 0.6, 0.5, 0.44, 0.4, 0.37, 0.35, 0.34, 0.33, 0.32, 0.31, 0.31, 0.3, 0.3, 0.29),
        *(0.9, 0.88, 0.87, 0.86, 0.86, 0.85, 0.85, 0.84, 0.84),
    ),
    Symptom.DIED: (0.44, 0.41, 0.39, float("nan")),
}
"""Every symptom as a training log would print it."""
_MOST = 9


def symptoms() -> None:
    """Every symptom the lab can name: what the curve does, how a log prints it, and what to try first."""
    rows = "".join(
        f"| **{SIGNS[symptom].title}.** {SIGNS[symptom].looks} `{_printed(losses)}` | {SIGNS[symptom].advice} |\n"
        for symptom, losses in IN_A_LOG.items()
    )
    st.markdown(f"| what the curve does, and how a log prints it | what to try |\n|---|---|\n{rows}")


def _printed(losses: Sequence[float]) -> str:
    """A log as one line; of a long one its middle."""
    if len(losses) <= _MOST + 3:
        return " ".join(f"{loss:.4g}" for loss in losses)
    first = (len(losses) - _MOST) // 2 + 3
    return f"… {' '.join(f'{loss:.4g}' for loss in losses[first : first + _MOST])} …"


def code(page: str) -> None:
    """The lines that diagnosed the patient on the screen, and how to keep a log in PyTorch that can be diagnosed."""
    one = shown(page)
    with st.expander("The code that did this", icon=":material/code:"):
        mine, torch = st.tabs(["This lab", "PyTorch"])
        mine.code(_LAB.format(number=one.seed), language="python")
        torch.code(_TORCH.format(rate=f"{one.rates[0]:g}", unit=one.unit), language="python")


_LAB = """\
from lrlab.diagnosis import diagnose
from lrlab.diagnosis.clinic import mystery

patient = mystery({number})
found = diagnose(patient.losses, patient.rates)
print(found.title, found.evidence, found.advice, sep="\\n")
print(patient.cause, patient.cured)   # the truth
"""
_TORCH = """\
# model, loader and loss_of are yours. Every line of the log holds what a diagnosis needs: step, loss and rate.
import csv
import math
import torch

optimizer = torch.optim.SGD(model.parameters(), lr={rate})
with open("log.csv", "w", newline="") as file:
    log = csv.writer(file)
    log.writerow(["step", "loss", "lr"])
    for step, batch in enumerate(loader):
        loss = loss_of(model, batch)
        log.writerow([step, loss.item(), optimizer.param_groups[0]["lr"]])
        if not math.isfinite(loss.item()):
            break                      # look at the lines before this one
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
"""
