"""Flags beside the first mention: what else an analyst should be told of initiatives and of the sides' texts. Pure, by date and not by arrival."""

from __future__ import annotations

from scraper.stages.flagging.divergences import divergences
from scraper.stages.flagging.edited import withdrawn
from scraper.stages.flagging.instances import instance_of, new_instances, numbered
from scraper.stages.flagging.omissions import omitted
from scraper.stages.flagging.pointers import Pointers, unnamed
from scraper.stages.flagging.quiet import revived, silences
from scraper.stages.flagging.voices import first_by_party

__all__ = [
    "Pointers", "divergences", "first_by_party", "instance_of", "new_instances", "numbered", "omitted", "revived", "silences", "unnamed", "withdrawn",
]  # fmt: skip
