"""Pages under inspection must not make the inspector knock on private doors."""

from __future__ import annotations

import pytest

from tests.loopback.recording_server import Asked, Reply, serving
from tests.throttle.asking import ask

_NOTHING_ALLOWED = {"GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": ""}


def _page(_asked: Asked) -> Reply:
    return Reply(body=b"secret", headers={"Content-Type": "text/html"})


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.0.0.1", "localhost"])
def test_loopback_is_refused_however_it_is_spelled(host: str) -> None:
    with serving(_page) as server:
        [answer] = ask([f"http://{host}:{server.server_port}/"], environment=_NOTHING_ALLOWED)
        asked = list(server.asked)
    assert answer["failure"] == "private_address"
    assert asked == []


def test_a_redirect_to_a_private_address_is_refused() -> None:
    with serving(_page) as inner:

        def answer(asked: Asked) -> Reply:
            return Reply(302, headers={"Location": inner.address}) if asked.url == "/" else Reply(404)

        with serving(answer) as outer:
            # only the outer server's own port is reached, by an address that is allowed for this test
            [answered] = ask(
                [f"http://127.0.0.1:{outer.server_port}/"],
                environment={"GOVSPIDER_ALLOWED_PRIVATE_NETWORKS": "127.0.0.1/32"},
            )
            assert answered["status"] == 200
        with serving(lambda asked: Reply(302, headers={"Location": "http://10.255.255.1/admin"})) as outer:
            [answered] = ask([f"http://127.0.0.1:{outer.server_port}/"], settings={"ROBOTSTXT_OBEY": False})
    assert answered["failure"] == "private_address"


def test_a_name_that_resolves_to_a_private_address_is_refused() -> None:
    with serving(_page) as server:
        # localhost is refused by its name, so ask by a name the resolver has to look up
        [answer] = ask(
            [
                f"http://ip6-localhost:{server.server_port}/",
            ][:1],
            environment=_NOTHING_ALLOWED,
        )
        asked = list(server.asked)
    assert answer["failure"] in ("private_address", "dns_not_found", "dns_temporary")
    assert asked == []
