"""One beat of the daemon: poll what is due or wished for, then finish deliveries that a crash or a failure left open,
and once a day the housekeeping."""

from __future__ import annotations

from threading import Event

from scraper.errors import FetchError
from scraper.jobs import digest, keeping, poll
from scraper.jobs.poll import Passed
from scraper.jobs.rooms import Rooms
from scraper.storage import sources

LAST_TICK = "last_tick"


def tick(rooms: Rooms, stop: Event) -> Passed:
    """Do one beat; raises StorageError where the database cannot be used, and, when all else is done, a bug that a page brought to
    light."""
    last, named = sources.wished(rooms.store) or (0, None)
    chosen = list(poll.due(rooms))
    if named is not None:
        wanted = [source for source in rooms.config.sources if (source.id in named if named else source.enabled)]
        chosen += [source for source in wanted if source not in chosen]
    passed = poll.run(rooms, chosen, stop=stop)
    if not passed.stopped:
        digest.deliver_pending(rooms)
        with rooms.store.transaction():
            sources.mark(rooms.store, LAST_TICK, rooms.store.now())
            sources.granted(rooms.store, last)
        keeping.keep(rooms)
        _beat(rooms)
    if passed.bugs:
        raise passed.bugs[0]
    return passed


def _beat(rooms: Rooms) -> None:
    """Tell a watcher outside that the house is awake; that it cannot be told is no reason to fall."""
    url = rooms.config.alerts.heartbeat_url
    if not url:
        return
    try:
        rooms.fetcher.ping(url)
    except FetchError as error:
        rooms.log.warning("heartbeat", error=str(error))
