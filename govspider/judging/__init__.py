"""Judging: what a period's observations are worth under a rubric. Makes no request and may be repeated."""

from govspider.judging.period import JudgeSummary, judge, judge_if_needed
from govspider.rubrics.model import DEFAULT_RUBRIC, RubricError, rubric_ids

__all__ = ["DEFAULT_RUBRIC", "JudgeSummary", "RubricError", "judge", "judge_if_needed", "rubric_ids"]
