"""lrlab: a classroom lab on the learning rate.

Vocabulary. A `rate` is the learning rate, α in formulae on screen. A `step` is one update; `steps` counts them. A
`surface` is a loss of two coordinates; an `optimizer` is an update rule; a `schedule` gives the rate as a function of
the step; a `sweep` is many rates computed in one pass. In training an `epoch` is one pass over the data and a
`batch_size` counts the rows of one update. An `exercise` is a file; a `variant` is that exercise with a learner's own
numbers; an `answer` is judged to a `verdict`; an `attempt` is an answer that was recorded.

Indices. Step t counts from 0. `points[t]` is where we stand before update t, and `rates[t]` takes `points[t]` to
`points[t + 1]`. A sweep of R rates over `steps` updates therefore has

    points (R, steps + 1, 2)    losses (R, steps + 1)    rates (R, steps)

and every shape in a docstring uses these letters.
"""

__version__ = "0.1.0"
