"""Statements wrapped into the pages of six kinds of site."""
