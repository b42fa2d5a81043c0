"""What a visitor would see of some links: measured in the browser after the page came to rest.

The page's own scripts may have changed what the browser can be asked for; what they make unreadable stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Error
from scrapy_playwright.page import PageMethod

_PICTURE_MS = 10_000

# one object per address: how its most visible element stands. The page's own names are not trusted to be whole.
_MEASURE = """([addresses, limits]) => {
  const hues = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const ground = element => {
    for (let box = element; box; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.backgroundImage !== 'none') return null;
      const hue = hues(style.backgroundColor);
      if (hue.length === 3 || hue[3] === 1) return hue;
      if (hue[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const opacity = element => {
    let seen = 1;
    for (let box = element; box; box = box.parentElement) seen *= Number(getComputedStyle(box).opacity);
    return seen;
  };
  const clipped = (element, rect) => {
    let [left, top, right, bottom] = [rect.left, rect.top, rect.right, rect.bottom];
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.overflow === 'visible' && style.clip === 'auto' && style.clipPath === 'none') continue;
      const edge = box.getBoundingClientRect();
      left = Math.max(left, edge.left); top = Math.max(top, edge.top);
      right = Math.min(right, edge.right); bottom = Math.min(bottom, edge.bottom);
    }
    return Math.max(0, right - left) * Math.max(0, bottom - top) < limits.area_px;
  };
  const state = element => {
    if (!element.checkVisibility({visibilityProperty: true})) return 'not_rendered';
    if (opacity(element) <= limits.opacity) return 'transparent';
    element.scrollIntoView({block: 'center', inline: 'nearest'});
    const rects = [...element.getClientRects()];
    const rect = rects.sort((a, b) => b.width * b.height - a.width * a.height)[0];
    if (!rect || rect.width * rect.height < limits.area_px) return 'no_area';
    const left = rect.left + scrollX, top = rect.top + scrollY;
    const root = document.documentElement;
    if (left + rect.width < -limits.margin_px || top + rect.height < -limits.margin_px
        || left > root.scrollWidth + limits.margin_px || top > root.scrollHeight + limits.margin_px) return 'off_page';
    if (left + rect.width <= 0 || top + rect.height <= 0) return 'off_page';
    if (clipped(element, rect)) return 'clipped';
    if (element.textContent.trim() && !element.querySelector('img')) {
      const style = getComputedStyle(element);
      if (parseFloat(style.fontSize) <= limits.font_px) return 'tiny_text';
      const below = ground(element), ink = hues(style.color);
      if (below && ink.slice(0, 3).every((hue, place) => Math.abs(hue - below[place]) < limits.contrast)) {
        return 'no_contrast';
      }
    }
    const hit = document.elementFromPoint(rect.left + rect.width / 2, rect.top + rect.height / 2);
    if (hit && hit !== element && !element.contains(hit) && !hit.contains(element)) return 'covered';
    return 'visible';
  };
  const all = [...document.querySelectorAll('a[href],area[href],iframe[src],frame[src]')];
  return addresses.map(address => {
    const found = all.filter(element => (element.href || element.src) === address);
    const states = found.map(state);
    return states.length ? (states.find(one => one === 'visible') || states[0]) : 'absent';
  });
}"""


@dataclass(eq=False)  # Playwright keeps its callbacks by identity
class Sighting:
    """Measures links of one page.

    Parameters: `addresses` as a browser resolves them; `thresholds` in pixels, shares and hues
    (lexicons/sighting.yaml); `screenshot_px` the height of the picture that is kept.
    """

    addresses: Sequence[str]
    thresholds: Mapping[str, float]
    screenshot_px: int
    states: dict[str, str] = field(default_factory=dict)
    """Address → how it stands; empty where the page could not be measured."""
    picture: bytes = b""
    """The page as a PNG, '' where the browser gave none."""

    def methods(self) -> list[PageMethod]:
        """Page methods of scrapy-playwright, to be called when the page has come to rest."""
        return [PageMethod(self._measure)]

    async def _measure(self, page: Any) -> None:
        with suppress(Error):  # a page that breaks the question leaves the links unknown
            told = await page.evaluate(_MEASURE, [list(self.addresses), dict(self.thresholds)])
            self.states = dict(zip(self.addresses, told, strict=True))
        with suppress(Error):
            self.picture = await page.screenshot(clip=await self._frame(page), full_page=True, timeout=_PICTURE_MS)

    async def _frame(self, page: Any) -> dict[str, float]:
        """The part of the page that the picture shows."""
        root = "document.documentElement"
        width, height = await page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]")
        longest = self.screenshot_px
        return {"x": 0, "y": 0, "width": max(1, min(width, longest)), "height": max(1, min(height, longest))}
