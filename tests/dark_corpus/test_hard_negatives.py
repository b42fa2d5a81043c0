"""Each thing that looks like an attack and is none, by itself on a small page."""

from __future__ import annotations

import random

import pytest

from tests.dark_corpus.corpus import Specimen
from tests.dark_corpus.drafts import Draft, Options, Planted, written
from tests.dark_corpus.hard_negatives import HARD_NEGATIVES, Surroundings
from tests.dark_corpus.scoring import answer_of


@pytest.mark.parametrize("name", sorted(HARD_NEGATIVES))
def test_a_hard_negative_accuses_nobody_by_itself(name: str) -> None:
    part = HARD_NEGATIVES[name](Surroundings(random.Random(name), "www.qinghe.gov.cn", "清河县人民政府"))
    blocks = ("<h1>清河县人民政府</h1>", part.body, "<p>主办：清河县人民政府</p>")
    title = part.title or "清河县人民政府门户网站"
    draft = Draft("www.qinghe.gov.cn", "/", title, part.metas, part.head, blocks, ("县政府召开常务会议。",))
    answer = answer_of(Specimen(draft.url, written(draft, Planted(), Options())))
    assert (answer.strong, answer.weak) == (0, 0)
