"""Links measured in a real Chromium: what a visitor sees of them."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from playwright.async_api import async_playwright

from govspider.browser.chromium import find_chromium, launch_options
from govspider.browser.sighting import Sighting
from govspider.extract.lexicons import read_lexicon
from govspider.items import Sight
from tests.optional_parts import do_without

_LINKS = {
    "plain": ("visible", "<p>{}</p>"),
    "below": ("visible", '<div style="height:3000px"></div><p>{}</p>'),
    "none": ("not_rendered", '<div style="display:none">{}</div>'),
    "invisible": ("not_rendered", '<div style="visibility:hidden">{}</div>'),
    "late": ("not_rendered", '<div id="late">{}</div><script>document.getElementById("late").hidden = true</script>'),
    "clear": ("transparent", '<div style="opacity:0"><b>{}</b></div>'),
    "left": ("off_page", '<div style="position:absolute;left:-9999px">{}</div>'),
    "indent": ("off_page", '<div style="text-indent:-9999px">{}</div>'),
    "zero": ("clipped", '<div style="height:0;overflow:hidden">{}</div>'),
    "letters": ("no_area", '<div style="font-size:0">{}</div>'),
    "small": ("tiny_text", '<div style="font-size:1px;-webkit-text-size-adjust:none">{}</div>'),
    "white": (
        "no_contrast",
        '<div style="background:#fff"><style>#white a{{color:#fefefe}}</style><i id="white">{}</i></div>',
    ),
    "under": (
        "covered",
        '<div style="position:relative">{}<div style="position:absolute;inset:0;background:#eee"></div></div>',
    ),
    "menu": ("not_rendered", '<ul><li style="display:none">{}</li></ul>'),
    "twice": ("visible", '<div style="display:none">{}</div>{}'),
    "gone": ("absent", '<div id="gone">{}</div><script>document.getElementById("gone").remove()</script>'),
}


def _address(name: str) -> str:
    return f"http://{name}.example.com/"


@pytest.fixture(scope="module")
def measured() -> Sighting:
    path = find_chromium(os.environ)
    if path is None:
        do_without("browser", "no Chromium on this machine: make browser", os.environ)
    return asyncio.run(_measure(str(path)))


async def _measure(path: str) -> Sighting:
    rules = read_lexicon("sighting")
    sighting = Sighting([_address(name) for name in _LINKS], rules["thresholds"], rules["limits"]["screenshot_px"])
    markup = "".join(
        form.format(*[f'<a href="{_address(name)}">伙伴 {name}</a>'] * 2) for name, (_, form) in _LINKS.items()
    )
    async with async_playwright() as playwright:
        options = launch_options(path, as_root=os.geteuid() == 0)
        browser = await playwright.chromium.launch(**options)
        page = await browser.new_page()
        await page.set_content(f"<!doctype html><meta charset=utf-8><body>{markup}")
        await _call(sighting, page)
        await browser.close()
    return sighting


async def _call(sighting: Sighting, page: Any) -> None:
    for method in sighting.methods():
        await method.method(page)


@pytest.mark.parametrize("name", _LINKS)
def test_a_link_stands_as_a_visitor_sees_it(measured: Sighting, name: str) -> None:
    assert Sight(measured.states[_address(name)]) is Sight(_LINKS[name][0])


def test_the_picture_is_a_png_no_higher_than_allowed(measured: Sighting) -> None:
    assert measured.picture.startswith(b"\x89PNG")
    assert int.from_bytes(measured.picture[20:24], "big") <= measured.screenshot_px
