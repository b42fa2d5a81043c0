"""A home page that does not answer under its registered scheme: many sites left http for https."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from govspider.extract.links.link_answer import Failure
from govspider.spiders.fetching import Answer

# a refused or silent port says nothing of the other scheme
_OF_THE_PORT = (Failure.REFUSED, Failure.TIMEOUT, Failure.RESET, Failure.TLS)


def may_answer_otherwise(answer: Answer) -> bool:
    """True where the other scheme is worth a try: the port failed, and the address names none."""
    return answer.failure in _OF_THE_PORT and not urlsplit(answer.url).port


def other_scheme(url: str) -> str:
    """The address with https for http, and the other way round."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="http" if parts.scheme == "https" else "https"))
