"""Certificates of each bad kind, made when the traps start; nothing secret is kept."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_OFFICE = "Trap Office"
_LEAST_BITS = 2048


def tls_context(
    host: str, *, days: int = 30, starts: int = -400, issuer: str = _OFFICE, bits: int = 2048, old: bool = False
) -> ssl.SSLContext:
    """Server context with a certificate for `host`, self-signed unless another issuer is named.

    Parameters: `days` until it ends, negative for an expired one; `starts` days until it is valid; `issuer` who
    signed it and is not sent along; `bits` of its key; `old` speaks TLS 1.0 only.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    signer = key if issuer == _OFFICE else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if old or bits < _LEAST_BITS:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    if old:
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trap.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        made = _certificate(host, (starts, days), key, signer, issuer)
        path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context


def _certificate(
    host: str, days: tuple[int, int], key: rsa.RSAPrivateKey, signer: rsa.RSAPrivateKey, issuer: str
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(_named(_OFFICE)).issuer_name(_named(issuer))
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now + timedelta(days=days[0])).not_valid_after(now + timedelta(days=days[1]))
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    return builder.add_extension(names, critical=False).sign(signer, hashes.SHA256())


def _named(organisation: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)])
