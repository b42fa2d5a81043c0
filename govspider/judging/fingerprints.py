"""Fingerprints of faults: same fault, same fingerprint."""

from __future__ import annotations

import hashlib

from govspider.checks.outcome import FindingKind


def fingerprint(site_code: str, kind: FindingKind, key: str) -> str:
    """Same fault, same fingerprint, run after run and in every database."""
    return hashlib.sha256("\n".join((site_code, kind.value, key)).encode()).hexdigest()
