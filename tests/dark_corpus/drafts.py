"""What a generated page is made of before something is planted: named gaps that the injector fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace


def unchanged(text: str) -> str:
    """The change that is none."""
    return text


@dataclass(frozen=True)
class Draft:
    """A page of the site `host` with its gaps. Every text is markup, except `title`."""

    host: str
    path: str
    title: str
    metas: str
    head: str
    blocks: tuple[str, ...]
    """Blocks of the body in reading order."""
    prose: tuple[str, ...]
    """Paragraphs of the article or introduction; they stand in the middle."""

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path}"


@dataclass(frozen=True)
class Planted:
    """Markup that a technique adds, by place, and how it changes what was there.

    `body` goes where the placement says (behind <body>, between two blocks, at the end).
    """

    body: str = ""
    before: str = ""
    head: str = ""
    after: str = ""
    title: str | None = None
    metas: str | None = None
    path: str | None = None
    opening: str = "<body>"
    change_prose: Callable[[str], str] = unchanged
    change_page: Callable[[str], str] = unchanged
    targets: tuple[str, ...] = ()
    """Addresses that should be reported, each of them; empty for what is no link."""


@dataclass(frozen=True)
class Options:
    """How a page is written down."""

    encoding: str = "utf-8"
    placement: str = "mid"
    extra: tuple[str, ...] = field(default=())


def written(draft: Draft, planted: Planted, options: Options) -> bytes:
    """The page's bytes. A GBK page writes what its encoding lacks as character references, as systems do."""
    head = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={options.encoding}">\n'
        f"<title>{draft.title if planted.title is None else planted.title}</title>\n"
        f"{draft.metas if planted.metas is None else planted.metas}\n{draft.head}\n{planted.head}"
    )
    prose = planted.change_prose("\n".join(f"<p>{paragraph}</p>" for paragraph in draft.prose))
    middle = len(draft.blocks) // 2
    blocks = [*draft.blocks[:middle], f'<div class="article">{prose}</div>', *draft.blocks[middle:]]
    place = {"head": 0, "mid": middle + 1, "tail": len(blocks)}[options.placement]
    blocks.insert(place, planted.body)
    body = "\n".join(blocks)
    page = (
        f"{planted.before}<!DOCTYPE html>\n<html>\n<head>\n{head}\n</head>\n{planted.opening}\n"
        f"{body}\n</body>\n</html>\n{planted.after}"
    )
    return planted.change_page(page).encode(options.encoding, "xmlcharrefreplace")


def at_path(draft: Draft, path: str | None) -> Draft:
    """The same page under another address."""
    return draft if path is None else replace(draft, path=path)
