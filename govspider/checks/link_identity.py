"""Whether the page at an outside address became somebody else's (外链被他人占用).

One sign is none: sites are redesigned, moved and renamed. Two that agree are suspected, never confirmed:
a title without relation to the earlier one, and another domain, language or certificate holder.
"""

from __future__ import annotations

from govspider.items import LinkIdentity

_RELATED = 0.2
"""Share of pairs of characters that two titles of one site have in common at least."""


def changed_identity(before: LinkIdentity, now: LinkIdentity) -> str | None:
    """What changed, in words, where the two cannot be the same site's pages; None otherwise."""
    if _alike(before.title, now.title) >= _RELATED:
        return None
    signs = []
    if before.domain != now.domain:
        signs.append(f"域名由 {before.domain} 变为 {now.domain}")
    if before.language and now.language and before.language != now.language:
        signs.append("页面语言不同")
    if _names_holder(before) and _names_holder(now) and before.certificate != now.certificate:
        signs.append(f"证书主体由“{before.certificate}”变为“{now.certificate}”")
    if not signs:
        return None
    return f"标题由“{before.title}”变为“{now.title}”，{'，'.join(signs)}"


def _names_holder(identity: LinkIdentity) -> bool:
    """A certificate that names a host only says nothing of whose it is."""
    return bool(identity.certificate) and "." not in identity.certificate


def _alike(one: str, other: str) -> float:
    pairs = [{text[place : place + 2] for place in range(len(text) - 1)} for text in (one.lower(), other.lower())]
    smaller = min(len(pairs[0]), len(pairs[1]))
    return len(pairs[0] & pairs[1]) / smaller if smaller else 0.0
