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


def tls_context(host: str, *, days: int = 30, old: bool = False) -> ssl.SSLContext:
    """Server context with a self-signed certificate for `host`.

    Parameters: `days` until it ends, negative for an expired one; `old` speaks TLS 1.0 only.
    """
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if old:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    with TemporaryDirectory() as folder:
        path = Path(folder) / "trap.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + _certificate(key, host, days).public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(path)
    return context


def _certificate(key: rsa.RSAPrivateKey, host: str, days: int) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Trap Office")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=400)).not_valid_after(now + timedelta(days=days))
    names = x509.SubjectAlternativeName([x509.DNSName(host)])
    return builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
