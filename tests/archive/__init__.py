"""Tests of the captures."""
