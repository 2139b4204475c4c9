"""Frozen records that every floor may hold; they know nothing of where they come from."""
