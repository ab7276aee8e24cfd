"""The closed list of kinds, and the model of a file that may be of any of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field

from lrlab.grading.kinds import (
    batch,
    bracket,
    budget,
    bug,
    choice,
    diagnose,
    finder,
    match,
    number,
    order,
    predict,
    rate,
    schedule,
)
from lrlab.grading.kinds.kind import Kind
from lrlab.grading.spec import Sheet

Task = Annotated[
    rate.RateTask
    | number.NumberTask
    | choice.ChoiceTask
    | predict.PredictTask
    | bracket.BracketTask
    | order.OrderTask
    | match.MatchTask
    | finder.FinderTask
    | schedule.ScheduleTask
    | batch.BatchTask
    | budget.BudgetTask
    | bug.BugTask
    | diagnose.DiagnoseTask,
    Field(discriminator="kind"),
]
FileSheet = Sheet[Task]

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        module.KIND.name: module.KIND
        for module in (
            rate,
            number,
            choice,
            predict,
            bracket,
            order,
            match,
            finder,
            schedule,
            batch,
            budget,
            bug,
            diagnose,
        )
    }
)


def schema() -> dict[str, Any]:
    """The JSON schema of an exercise file, for editors."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **FileSheet.model_json_schema()}
