"""Delivery of digests: standard output, files, Atom, e-mail, webhooks, and the services that Apprise knows. A channel knows nothing of what it carries."""

from __future__ import annotations

from scraper.notify.channels import notifier_for

__all__ = ["notifier_for"]
