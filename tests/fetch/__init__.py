"""Tests of the fetching room, against a real server on loopback."""
