"""Which rate? A range test asks the data, rules read the curve, and short real trainings check what they say.

Conventions. A curve is a raw loss against a rate that grows from update to update: `losses[s, i]` was measured just
before the update with `rates[i]`, so it shows what the rates before it did. Rates are compared on a log axis. A rule
that has nothing to go on says so and suggests no rate.
"""

from lrlab.finder.range_test import RangeTest, range_test
from lrlab.finder.suggest import Suggestion, suggestions
from lrlab.finder.verify import Verification, verify

__all__ = ["RangeTest", "Suggestion", "Verification", "range_test", "suggestions", "verify"]
