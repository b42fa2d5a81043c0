"""What clauses about articles say where a server called some of them unchanged, and their bytes are of earlier."""

from __future__ import annotations

from govspider.seen import SeenSite


def unchanged_note(site: SeenSite) -> tuple[str, ...]:
    """One sentence with the number of such pages and the times of their bytes; nothing where there are none."""
    found = site.unchanged
    if found is None:
        return ()
    when = f"{found.first:%Y-%m-%d %H:%M}"
    if found.first != found.last:
        when += f" 至 {found.last:%Y-%m-%d %H:%M}"
    return (f"文章页 {found.pages} 个经服务器答复“未修改”（HTTP 304），内容为 {when} 收到的",)
