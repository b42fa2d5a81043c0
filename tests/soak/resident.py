"""How much memory another process holds, watched from outside while it works."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_NOW = re.compile(r"VmRSS:\s+(\d+) kB")
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Sample:
    """Resident memory in megabytes, `seconds` after the first look."""

    seconds: float
    megabytes: float
    peak: float


class NoProcError(RuntimeError):
    """No /proc here to read another process's memory from."""


def watch(
    process: subprocess.Popen[str], every: float, said: Callable[[Sample], object] = lambda _: None
) -> list[Sample]:
    """Samples of a process until it ends, one each `every` seconds. Raises NoProcError."""
    status = Path(f"/proc/{process.pid}/status")
    if not Path("/proc/self/status").exists():
        raise NoProcError("resident memory is read from /proc, which this system has not; run it on Linux")
    began = time.monotonic()
    samples: list[Sample] = []
    while process.poll() is None:
        found = sample(status, time.monotonic() - began)
        if found is not None:
            samples.append(found)
            said(found)
        try:
            process.wait(every)
        except subprocess.TimeoutExpired:
            continue
    return samples


def sample(status: Path, seconds: float) -> Sample | None:
    """What a status file of /proc says; None for a process that is ending and holds nothing any more."""
    try:
        text = status.read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return None
    now, peak = _NOW.search(text), _PEAK.search(text)
    return Sample(seconds, int(now[1]) / 1024, int(peak[1]) / 1024) if now and peak else None


def slope(samples: Sequence[Sample]) -> float:
    """Megabytes per hour by least squares. Raises ValueError for fewer than two samples."""
    if len(samples) < 2:
        raise ValueError(f"{len(samples)} samples have no slope")
    middle = sum(one.seconds for one in samples) / len(samples)
    level = sum(one.megabytes for one in samples) / len(samples)
    spread = sum((one.seconds - middle) ** 2 for one in samples)
    return _HOUR * sum((one.seconds - middle) * (one.megabytes - level) for one in samples) / spread
