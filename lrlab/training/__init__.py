"""A model learning from data by exact mini-batch gradients, at many rates in one pass.

Conventions. R rates are trained together on the same batches from the same starting weights. `rates` and
`losses` are (R, steps): update t uses `rates[:, t]`, and `losses[:, t]` is the mean loss of its mini-batch before
the update. Squared error is ½ the mean square, so that its curvature is that of the features. The split of a data
set never changes; the seed decides starting weights and the order of the rows. Divergence is an outcome, not an error.
"""

from lrlab.training.data import DATA_SETS, Data, load, prepare
from lrlab.training.fit import fit, resume
from lrlab.training.models import MODELS, Model, hidden, linear
from lrlab.training.record import Training

__all__ = [
    "DATA_SETS",
    "MODELS",
    "Data",
    "Model",
    "Training",
    "fit",
    "hidden",
    "linear",
    "load",
    "prepare",
    "resume",
]
