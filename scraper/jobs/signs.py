"""The marks by which a daemon shows that it lives, and how it found its database."""

from __future__ import annotations

from datetime import timedelta

LAST_TICK = "last_tick"
"""The mark of when the last tick ended."""

UNDER_WAY = "tick_under_way"
"""The mark of since when no tick has ended, empty while none that takes its time is under way."""

HEARTBEAT = "heartbeat"
"""The mark of the last sign of life of a tick under way."""

LONGEST = timedelta(hours=3)
"""A tick that takes longer hangs: nothing is polled anew before it ends."""

CHECKED = "checked"
"""The mark of when the database was last looked through for damage, once a day."""

DAMAGE = "damage"
"""The mark of what was found then, empty where it is whole."""
