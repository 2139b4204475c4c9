"""Whose certificates are believed."""

from __future__ import annotations

import ssl

from scraper.errors import DeliveryError


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """Return the context that checks a server's certificate and name against the system's authorities, or those in ``ca_file`` (PEM) alone.

    Raises DeliveryError where the file cannot be read; it may be there again.
    """
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError: a file that holds no certificate
        reason = getattr(error, "strerror", None) or str(error)
        raise DeliveryError(f"the certificates in {ca_file} cannot be read: {reason}") from error
