"""XML lists of any shape (the kind xml), read by paths, with the errors that open-data services send as status 200."""

from __future__ import annotations

from scraper.errors import DiscoverError
from scraper.model.source import Discovery, Page, Source
from scraper.stages.discover.charset import decode
from scraper.stages.discover.elements import Element, read_elements
from scraper.stages.discover.guard import no_entries, refuse_mitigated
from scraper.stages.discover.paths import text_at
from scraper.stages.discover.records import read_records

_CODE = "header.resultCode|cmmMsgHeader.returnReasonCode|resultCode|returnReasonCode"
_MESSAGE = "header.resultMsg|cmmMsgHeader.returnAuthMsg|cmmMsgHeader.errMsg|resultMsg|returnAuthMsg"
# The codes of Korea's public data portal: 3 no data; 20 to 23 and 30 to 33 refuse the key, its limit or the address.
_NOTHING = 3
_REFUSALS = frozenset({20, 21, 22, 23, 30, 31, 32, 33})


def discover_xml(page: Page, source: Source) -> Discovery:
    """Return the entries of an XML list in page order; paths start below the root element.

    Raises DiscoverError: not_a_feed (HTML, plain text), blocked (a challenge; a key or address refused), parse (broken from
    the start; any other error the service reports, such as a window that is too long), wrong_channel.
    """
    refuse_mitigated(page, source)
    text = decode(page, source)
    tree = read_elements(text)
    if not tree.root:
        raise no_entries(source, text)
    return read_records(tree.value, page, source, (*tree.notes, *_reported(tree.value, source)))


def _reported(root: Element, source: Source) -> tuple[str, ...]:
    code, message = text_at(root, _CODE), text_at(root, _MESSAGE)[:200]
    number = int(code) if code.isascii() and code.isdecimal() and len(code) < 6 else 0
    if number == 0:
        return ()
    if number == _NOTHING:
        return (f"the service reports {code}: {message}",)
    refused = "blocked" if number in _REFUSALS else "parse"
    raise DiscoverError(f"{source.id}: the service reports {code}: {message}", code=refused)
