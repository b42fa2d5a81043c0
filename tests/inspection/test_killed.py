"""A crawl that is killed and gone on with, until it is complete, has seen what an undisturbed one sees."""

from __future__ import annotations

import pytest

from tests.inspection.conftest import NewDesk, Town
from tests.inspection.killing import Undisturbed, look_undisturbed, survives_a_chain

pytestmark = pytest.mark.city


@pytest.fixture(scope="module")
def undisturbed(town: Town, new_desk: NewDesk) -> Undisturbed:
    return look_undisturbed(town, new_desk)


@pytest.mark.parametrize("chain", [1, 2])
def test_a_crawl_killed_at_five_moments_and_gone_on_with_sees_the_same_as_an_undisturbed_one(
    chain: int, undisturbed: Undisturbed, town: Town, new_desk: NewDesk
) -> None:
    survives_a_chain(chain, undisturbed, town, new_desk)
