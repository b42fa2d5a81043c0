"""No list of another column is taken for the column's own, however long it is and wherever it stands."""

from __future__ import annotations

import pytest

from tests.accuracy.beside import pages_beside
from tests.accuracy.pairs import is_wrong
from tests.accuracy.scoring import look, score

_PAGES = 200
_LEAST_EXACT = 60


@pytest.mark.parametrize("seed", [1, 3])
def test_a_longer_list_beside_the_columns_own_never_gives_it_a_day(seed: int) -> None:
    scores = [score(page, look(page)) for page in pages_beside(_PAGES, seed)]
    assert [one.page.name for one in scores if is_wrong(one)] == []
    # unknown everywhere would be right as well, and of no use
    assert sum(one.exact for one in scores) >= _LEAST_EXACT
