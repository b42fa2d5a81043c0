"""How much hostile sites cost the healthy ones beside them: `make hostile`.

Both crawls are polite (DOWNLOAD_DELAY below); what is measured is when the last healthy site was done, counted
from the start of its run. The last line is one JSON object.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from govspider.db.engine import database_url
from tests.city.plan import make_plan
from tests.fresh_databases import fresh_database, migrated_template
from tests.hostile.case import Case
from tests.hostile.office import HEALTHY, DirectDesk, Inspection, inspect
from tests.hostile.world import CASES, World, running

_SEED = 7
# as slowly as this, politeness and not this machine sets the pace
_POLITE = {"DOWNLOAD_DELAY": "0.5", "SITES_AT_ONCE": "200"}
_DONE = """select extract(epoch from max(look.finished_at) - min(run.started_at))
           from look join run on run.id = look.run_id join site on site.id = look.site_id
           where site.code = any(:codes) and look.state = 'complete'"""


def main() -> int:
    """Print the figures; exit code 0 when both crawls were complete, else 1."""
    server = database_url(os.environ)
    template = migrated_template(server)
    with ExitStack() as stack:
        world = stack.enter_context(running(make_plan(_SEED, datetime.now(UTC))))
        done = {}
        for name, cases in (("alone", ()), ("beside", CASES)):
            url = stack.enter_context(fresh_database(server, template))
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="govspider-hostile-")))
            done[name] = _look(DirectDesk(url, folder, ""), world, cases)
            seconds, inspection = done[name]
            print(f"{name}: healthy sites done after {seconds:.1f} s, peak memory {inspection.peak} MB")
        steps = _steps(done["beside"][1])
    (alone, _), (beside, crowded) = done["alone"], done["beside"]
    figures = {
        "hostile_sites": len(CASES),
        "healthy_seconds_alone": round(alone, 1),
        "healthy_seconds_beside": round(beside, 1),
        "beside_vs_alone": round(beside / alone, 2),
        "peak_megabytes": crowded.peak,
        **steps,
    }
    print(json.dumps(figures))
    return int(any(inspection.ended.code for _, inspection in done.values()))


def _look(desk: DirectDesk, world: World, cases: Sequence[Case]) -> tuple[float, Inspection]:
    inspection = inspect(desk, world, cases, _POLITE)
    return float(desk.one(_DONE, codes=list(HEALTHY))), inspection


def _steps(inspection: Inspection) -> dict[str, float]:
    """How often, and for how long at most, a step of the crawl beside hostile sites held everybody up."""
    counters: dict[str, float] = inspection.desk.one("select counters from run")
    return {name: counters.get(f"govspider/reactor/{name}", 0) for name in ("long_steps", "longest_step_ms")}


if __name__ == "__main__":
    raise SystemExit(main())
