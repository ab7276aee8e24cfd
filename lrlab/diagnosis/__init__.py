"""What is this curve telling us? A loss curve's symptom, the number that decided, and what to try next.

Conventions. A curve is one loss per step (or per epoch), in order. Point t is the loss before update t, and
`rates[t]` takes it to point t + 1. A borderline curve is called not sure, never guessed.
"""

from lrlab.diagnosis.decision import diagnose
from lrlab.diagnosis.symptoms import SIGNS, Action, Diagnosis, Sign, Symptom

__all__ = ["SIGNS", "Action", "Diagnosis", "Sign", "Symptom", "diagnose"]
