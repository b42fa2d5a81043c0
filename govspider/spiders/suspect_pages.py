"""A second look at pages with suspected links: a browser tells whether a visitor would see them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from govspider.browser.sighting import Sighting
from govspider.extract.dark.dark_links import find_dark_links
from govspider.extract.document.page import Page
from govspider.extract.lexicons import read_lexicon
from govspider.items import OBSERVED_SIGHTS, LinkSight, PageRole, PageSeen, Sight, SiteTarget
from govspider.spiders.fetching import Answer
from govspider.spiders.rendering import Rendered, Renderer

_LOOKED_AT = (PageRole.HOME, PageRole.COLUMN, PageRole.ARTICLE)


class SuspectPages:
    """Second looks of one site.

    Parameters: `hand_over` gives a page to the pipelines; `most` how many pages of the site are rendered for this.
    """

    def __init__(
        self,
        target: SiteTarget,
        renderer: Renderer | None,
        hand_over: Callable[[PageSeen], Awaitable[None]],
        most: int,
    ) -> None:
        self._target = target
        self._renderer = renderer
        self._hand_over = hand_over
        self._left = most
        self._scripts: dict[str, Answer] = {}

    async def see(self, seen: PageSeen) -> None:
        """Render the page where it holds suspected links, and hand over what the browser showed."""
        page = seen.readable
        if page is None or seen.role not in _LOOKED_AT or seen.repeated:
            return
        rules = read_lexicon("sighting")
        suspects = sorted({dark.url for dark in page.once(find_dark_links)})[: rules["limits"]["links"]]
        if not suspects or self._left <= 0 or self._renderer is None or not self._renderer.usable:
            return
        self._left -= 1
        sighting = Sighting(suspects, rules["thresholds"], rules["limits"]["screenshot_px"])
        hosts = self._target.hosts
        shown = await self._renderer.render(page, seen.response_headers, hosts, self._scripts, sighting)
        if shown is None:
            return
        await self._hand_over(_view(seen, shown, sighting))
        if sighting.picture:
            await self._hand_over(_picture(seen, shown, sighting.picture))


def _view(seen: PageSeen, shown: Rendered, sighting: Sighting) -> PageSeen:
    """The page as the browser left it, with how its suspected links stand there."""
    sights = tuple(
        LinkSight(url, seen.final_url, _believed(Sight(state), whole=not shown.missing))
        for url, state in sighting.states.items()
    )
    view = _part(seen, shown, PageRole.BROWSER_VIEW, shown.page)
    view.missing_parts = shown.missing
    view.observations[OBSERVED_SIGHTS] = sights
    return view


def _believed(sight: Sight, *, whole: bool) -> Sight:
    """A page that lacks a script or a style may show what the whole page hides; what it hides, it hides."""
    return sight if whole or sight is not Sight.VISIBLE else Sight.UNKNOWN


def _picture(seen: PageSeen, shown: Rendered, picture: bytes) -> PageSeen:
    return _part(seen, shown, PageRole.PICTURE, Page(seen.final_url, picture, "image/png"))


def _part(seen: PageSeen, shown: Rendered, role: PageRole, page: Page) -> PageSeen:
    return PageSeen(
        look_id=seen.look_id,
        run_id=seen.run_id,
        site_id=seen.site_id,
        role=role,
        url=seen.final_url,
        final_url=seen.final_url,
        fetched_at=shown.answer.answered_at,
        page=page,
        status=page.status,
        column=seen.column,
        parent_url=seen.final_url,
        duration_ms=shown.answer.duration_ms,
    )
