"""What is cited: one page on which a statement stands, with where and when it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A statement as somebody cites it: the page that shows it best.

    ``number`` is the statement's id, which stays and makes the key; ``author`` the body that published the page, ``authors`` the people who signed it (a
    report in the press; none where a body speaks). ``published`` is ``YYYY-MM-DD``, ``YYYY-MM``, ``YYYY`` or empty; ``language`` ISO 639-1. ``retrieved``
    is when the page was read, ``YYYY-MM-DDTHH:MM:SSZ``. ``archived_url`` is where a copy of it can be seen (a public archive's address or ours), made at
    ``archived_at``; ``capture`` says where the bytes lie that we keep. ``genre`` is what kind of page it is, in English (press release). ``official``
    tells a body's own page from a report on it.
    """

    number: int
    title: str
    author: str
    url: str
    published: str = ""
    language: str = ""
    retrieved: str = ""
    archived_url: str = ""
    archived_at: str = ""
    archive: str = ""
    capture: str = ""
    genre: str = ""
    official: bool = True
    authors: tuple[str, ...] = ()
