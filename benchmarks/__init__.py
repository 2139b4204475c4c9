"""Benchmarks, each a module run by ``make bench NAME=...``; figures and their meaning are in docs/benchmarks.md."""
