"""Fetching: one HTTP client with caps, deadlines, address rules, robots.txt and good manners toward hosts."""

from scraper.fetch.addresses import Resolver, system
from scraper.fetch.fetcher import Fetcher

__all__ = ["Fetcher", "Resolver", "system"]
