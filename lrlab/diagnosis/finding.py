"""What a rule answers: yes, perhaps or (None) no."""

from dataclasses import dataclass

from lrlab.diagnosis.symptoms import Symptom


@dataclass(frozen=True)
class Finding:
    """What one rule found: a symptom, whether it is certain, and the evidence in a sentence."""

    symptom: Symptom
    certain: bool
    evidence: str
    at: int | None = None
