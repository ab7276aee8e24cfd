"""The few colours of the lab; each one always travels with a word or a shape."""

# Okabe and Ito's colour-blind safe set; every one keeps a contrast of 3:1 on the light and on the dark background.
TOO_SMALL = "#0072B2"
JUST_RIGHT = "#009E73"
TOO_LARGE = "#D55E00"

# For several runs on one picture: hue, dash and shape change together.
SERIES = ("#0072B2", "#D55E00", "#009E73", "#B25C8F", "#A07000", "#5B7FBF")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 4])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")

# Rules, bands and other furniture: readable on both backgrounds.
QUIET = "#7A7585"
