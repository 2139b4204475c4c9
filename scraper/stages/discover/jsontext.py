"""JSON as servers send it: what comes in its place recognised, careless writing forgiven, bounded before it is parsed."""

from __future__ import annotations

import json
import re

from scraper.errors import DiscoverError
from scraper.model.source import Source
from scraper.stages.discover.document import MOST_CHARACTERS
from scraper.stages.discover.guard import no_entries

_MOST_CONTAINERS = 400_000
_MOST_VALUES = 1_500_000
# A backslash pair is passed over whole, so that the second of it never counts as the start of an escape.
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\')


def read_json(text: str, source: Source) -> object:
    """Return the value of a JSON text (RFC 8259); raw line ends and tabs inside strings and stray backslashes are forgiven.

    Raises DiscoverError: blocked or not_a_feed for what begins as no JSON (a challenge, HTML, plain text, nothing), parse for
    broken JSON and for more than can be held.
    """
    if text.lstrip()[:1] not in ("{", "["):
        raise no_entries(source, text)
    if len(text) > MOST_CHARACTERS or text.count("{") + text.count("[") > _MOST_CONTAINERS or text.count(",") > _MOST_VALUES:
        raise DiscoverError(f"{source.id}: a JSON text of {len(text)} characters is too large to parse", code="parse")
    found, fault = _parsed(text)
    if fault and "escape" in fault:
        found, fault = _parsed(_ESCAPE.sub(lambda escape: escape.group() if len(escape.group()) > 1 else "\\\\", text))
    if fault:
        raise DiscoverError(f"{source.id}: broken JSON: {fault}", code="parse")
    return found


def _parsed(text: str) -> tuple[object, str]:
    try:
        return json.loads(text, strict=False), ""
    except (ValueError, RecursionError) as error:
        return None, str(error) or type(error).__name__
