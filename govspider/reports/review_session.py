"""Working through the queue one finding after the other, with one key each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from govspider.db.review_queue import QueuedFinding
from govspider.judging.reviewing import ReviewRequest
from govspider.reports.review_list import finding_lines
from govspider.reports.terminal_text import visible

_KEYS = "c 确认 · d 核减 · C/D 同组全部 · s 跳过 · q 结束 > "
_DECISIONS = {"c": "confirm", "d": "dismiss"}


@dataclass(slots=True)
class ReviewSession:
    """One sitting of one reviewer.

    Parameters: `ask` reads a line after a prompt, `say` shows a line; `by` what makes a group: container, domain,
    rule, site or kind.
    """

    reviewer: str
    by: str
    ask: Callable[[str], str]
    say: Callable[[str], None]
    requests: list[ReviewRequest] = field(default_factory=list)

    def run(self, findings: Sequence[QueuedFinding]) -> list[ReviewRequest]:
        """Show every finding and take its decision; what was decided counts even where the input ends early."""
        waiting = list(findings)
        while waiting:
            finding = waiting.pop(0)
            group = [one for one in waiting if one.group(self.by) == finding.group(self.by)]
            self._show(finding, len(waiting), len(group))
            try:
                answer = self._answer()
                if answer in ("", "q"):
                    break
                if answer != "s":
                    chosen = [finding, *(group if answer.isupper() else [])]
                    self._decide(chosen, _DECISIONS[answer.lower()])
                    waiting = [one for one in waiting if one not in chosen]
            except EOFError:
                break
        return self.requests

    def _show(self, finding: QueuedFinding, left: int, alike: int) -> None:
        self.say("")
        for line in finding_lines(finding):
            self.say(line)
        self.say(f"    页面：{visible(finding.source_url)}  证据：{finding.evidence_sha256 or '无'}")
        self.say(f"    剩余 {left} 项，同组（{visible(finding.group(self.by), 60)}）还有 {alike} 项")

    def _answer(self) -> str:
        while True:
            answer = self.ask(_KEYS).strip()
            if answer in ("c", "d", "C", "D", "s", "q"):
                return answer
            self.say("请输入 c、d、C、D、s 或 q")

    def _decide(self, findings: Sequence[QueuedFinding], decision: str) -> None:
        reason = self.ask("理由 > ").strip()
        while decision == "dismiss" and not reason:
            self.say("核减必须说明理由")
            reason = self.ask("理由 > ").strip()
        self.requests += [ReviewRequest(one.fingerprint, decision, self.reviewer, reason) for one in findings]
