"""Judging: what a period's observations are worth under a rubric. Makes no request and may be repeated."""

from govspider.judging.period import JudgeSummary, judge, judge_if_needed

__all__ = ["JudgeSummary", "judge", "judge_if_needed"]
