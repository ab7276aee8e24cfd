"""How sure against how often right, as a picture and as a text."""

from lrlab.charts.calibration import calibration_chart
from lrlab.classroom.predictions import Bin


def test_every_confidence_is_a_dot_beside_the_line_of_perfect_judgement():
    spec = calibration_chart([Bin(40, 45, 4, 1), Bin(80, 85, 5, 4)]).to_dict()
    rows = next(rows for rows in spec["datasets"].values() if "made" in rows[0])
    assert [(row["sure"], row["true"], row["words"]) for row in rows] == [
        (40, 25.0, "1 of 4"),
        (80, 80.0, "4 of 5"),
    ]
    assert (
        "of 4 made with 40 % certainty, 1 came true; of 5 made with 80 % certainty, 4 came true"
        in spec["description"]
    )
    titles = {layer["encoding"][channel]["title"] for layer in spec["layer"] for channel in "xy"}
    assert titles == {"how sure you were (%)", "came true (%)"}
