"""Cookies, each only for the very host that set it: some sites answer only after a redirect that sets one."""

from __future__ import annotations

import threading

import httpx

_MANY_HOSTS = 500
_MANY_COOKIES = 40
_MAX_HEADER = 8_000


class Cookies:
    """One jar a host, in memory only. Thread-safe."""

    def __init__(self) -> None:
        self._jars: dict[str, httpx.Cookies] = {}
        self._lock = threading.Lock()

    def attach(self, host: str, request: httpx.Request) -> str:
        """Add the host's cookies to a request and return the header as sent (``""``: none)."""
        with self._lock:
            jar = self._jars.get(host)
            if jar is not None:
                jar.set_cookie_header(request)
        header: str = request.headers.get("cookie", "")
        if len(header) > _MAX_HEADER:
            del request.headers["cookie"]
            return ""
        return header

    def keep(self, host: str, response: httpx.Response) -> None:
        """Keep the cookies of a response; a host that sets too many loses them."""
        if "set-cookie" not in response.headers:
            return
        with self._lock:
            if host not in self._jars and len(self._jars) >= _MANY_HOSTS:
                del self._jars[next(iter(self._jars))]
            jar = self._jars.setdefault(host, httpx.Cookies())
            jar.extract_cookies(response)
            if len(jar) > _MANY_COOKIES:
                del self._jars[host]
