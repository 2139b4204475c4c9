"""What every sign says of a block, as log odds: made by ``python -m benchmarks.blocks``, not by hand.

``SIGNS`` weighs the signs of ``signs.py``, ``CONTEXT`` the columns of ``choice.context`` in their order.
"""

from __future__ import annotations

from typing import Final

SIGNS: Final = {
    "after-apart": 0.06, "after-article": -0.29, "after-blockquote": 0.64, "after-dd": 0.28, "after-div": -0.25, "after-dt": -1.07,
    "after-figcaption": -0.24, "after-h1": -1.01, "after-h2": -0.56, "after-h3": -0.26, "after-h4": -0.25, "after-h5": -0.96,
    "after-h6": 0.85, "after-li": -0.21, "after-other": -0.38, "after-p": -0.13, "after-p1u": 0.04, "after-p2u": -0.09, "after-pre": 0.05,
    "after-same": 0.22, "after-section": -0.19, "after-td": 0.39, "after-th": 0.46, "after-x0k": -0.86, "after-x0u": -0.24,
    "after-x1k": -0.67, "after-x1u": -0.33, "after-x2k": -0.57, "after-x2u": 0.04, "at": -0.04, "bar": -0.59, "before-apart": 0.08,
    "before-article": 2.13, "before-blockquote": 0.67, "before-dd": -0.24, "before-dt": -0.40, "before-figcaption": -0.28,
    "before-h1": 0.43, "before-h2": -0.11, "before-h3": -0.94, "before-h4": -1.07, "before-h5": -0.28, "before-h6": 0.58,
    "before-li": -0.24, "before-other": -0.71, "before-p": -0.28, "before-p1u": 0.07, "before-pre": 1.72, "before-same": 0.35,
    "before-section": -0.40, "before-td": 0.86, "before-x0k": -0.67, "before-x0u": -0.05, "before-x1k": -0.73, "before-x1u": 0.04,
    "before-x2k": -0.09, "before-x2u": -0.16, "bias": 0.14, "colon": -0.23, "commas0": -0.25, "commas2": -0.18, "commas3": -0.04,
    "cue": -1.15, "cue0": 0.06, "cue1": -1.56, "cue2": -1.11, "cue3": -0.41, "cue4": -0.35, "cue5": -0.09, "cue6": 1.67,
    "d-weight0": 0.47, "d-weight1": -1.02, "d-weight2": -1.03, "d-weight3": -0.90, "d-weight4": -0.22, "d-weight5": 0.11,
    "d-weight6": 0.83, "dense1-0": 0.10, "dense1-2": -0.18, "dense1-4": 0.24, "dense1-5": 0.13, "dense2-0": 0.45, "dense2-1": 0.04,
    "dense2-2": -0.10, "dense2-3": -0.43, "dense2-4": -0.47, "dense2-5": -0.07, "digits0": -0.19, "digits1": 0.19, "digits2": -0.41,
    "digits3": 0.18, "ends": 0.27, "first": -0.52, "h-weight0": 0.18, "h-weight1": -0.37, "h-weight2": -0.23, "h-weight3": -0.41,
    "h-weight4": -0.18, "h-weight5": 1.11, "h-weight6": -0.10, "in-aside": 0.26, "in-author": -1.66, "in-caption": -0.59,
    "in-comment": -0.80, "in-content": 0.23, "in-figure": 0.25, "in-footer": -1.16, "in-form": -0.30, "in-hidden": 0.99,
    "in-legal": -0.13, "in-list": 0.20, "in-main": 0.44, "in-menu": -0.06, "in-meta": -0.68, "in-nav": -0.19, "in-promo": -1.51,
    "in-quote": 0.61, "in-related": -0.42, "in-share": -0.53, "in-side": -0.79, "in-table": -0.46, "last": -1.86, "li-weight0": 0.11,
    "li-weight1": -0.41, "li-weight2": -0.10, "li-weight3": 0.45, "li-weight5": -0.75, "li-weight6": 0.64, "lines": 0.12, "linked0": 0.31,
    "linked1": -0.26, "linked2": -0.34, "linked3": 0.05, "linked4": -0.58, "linked5": -0.37, "lower": 0.55, "open": -0.19,
    "p-weight0": -0.07, "p-weight2": -0.14, "p-weight3": 0.07, "p-weight4": -0.13, "p-weight5": -0.09, "p-weight6": 0.17,
    "paragraph": 0.29, "pictured": -0.32, "pictured0": 0.24, "pictured1": 0.11, "pictured2": -0.47, "pictured3": -0.99,
    "pictured4": -0.73, "pictured5": 0.13, "pictured6": 1.06, "pieces0": -0.07, "pieces2": -0.05, "pieces3": -0.08, "pieces4": -0.10,
    "place0": 0.29, "place1": 0.62, "place2": 0.52, "place3": -0.39, "place4": -0.57, "place5": -0.63, "prose1-0": 0.18, "prose1-1": 0.55,
    "prose1-2": -0.23, "prose1-3": 0.04, "prose1-5": 0.20, "prose2-0": 0.63, "prose2-1": 0.72, "prose2-2": 0.20, "prose2-3": -0.03,
    "prose2-4": -0.35, "prose2-5": -0.45, "repeated": 0.59, "share1-0": -0.54, "share1-1": -0.52, "share1-2": -0.15, "share1-3": 0.43,
    "share1-4": 0.51, "share1-5": 0.76, "share2-0": -0.66, "share2-1": -0.23, "share2-2": -0.16, "share2-3": 0.37, "share2-4": 0.81,
    "share2-5": 0.57, "stops1": -0.22, "stops2": -0.28, "stops3": -0.27, "stress0": 0.17, "stress1": 0.40, "stress2": 0.28,
    "stress3": -0.06, "stressed0": -0.15, "stressed1": 0.51, "stressed2": 0.25, "stressed3": 0.12, "stressed4": -0.56, "stressed5": -0.33,
    "stressed6": 0.05, "tag-article": -0.63, "tag-blockquote": -0.38, "tag-dd": 0.78, "tag-div": -0.28, "tag-dt": -1.76,
    "tag-figcaption": -0.12, "tag-h1": -0.23, "tag-h2": -0.04, "tag-h3": -0.04, "tag-h4": -0.10, "tag-li": -0.07, "tag-other": -1.11,
    "tag-p": 0.18, "tag-pre": 2.14, "tag-section": -1.44, "tag-td": 0.30, "td-weight0": 0.24, "td-weight1": 1.08, "td-weight2": -0.08,
    "td-weight3": 0.06, "td-weight4": 0.06, "td-weight5": 2.03, "td-weight6": -0.86, "under-article": 0.50, "under-aside": -1.46,
    "under-author": -1.11, "under-caption": -0.08, "under-comment": -1.37, "under-content": 0.50, "under-figure": -1.30,
    "under-footer": -0.84, "under-form": -2.41, "under-header": -0.27, "under-hidden": -0.69, "under-legal": -1.71, "under-list": 0.54,
    "under-main": 0.33, "under-menu": -0.80, "under-meta": 0.23, "under-nav": -0.33, "under-promo": -0.45, "under-quote": 1.29,
    "under-related": -0.47, "under-share": -1.05, "under-side": -0.45, "under-table": 0.39, "under-title": -0.13, "unlinked0": -1.16,
    "unlinked1": -0.60, "unlinked2": 0.09, "unlinked3": 0.50, "unlinked4": 0.72, "unlinked5": 0.71, "unlinked6": 0.22, "weight0": 0.63,
    "weight1": 0.10, "weight2": -0.13, "weight3": -0.71, "weight4": -0.32, "weight5": -0.33, "weight6": 0.22,
}  # fmt: skip
"""Log odds of each sign; one that is not named says nothing."""

CONTEXT: Final = (
    -1.143, 0.796, 0.140, -0.442, 0.022, -0.017, -0.021, 0.058, 0.062, 0.307, -0.841, 0.183, -0.336, -0.202, 1.321, 0.636, 0.411, -0.069,
    0.209, -0.243, -0.079, 0.215, 0.113, 0.165, 0.662, 0.884, -0.543, 1.226, -1.010, 0.914, 0.518, 0.815, -0.885, -0.340,
)  # fmt: skip
"""Log odds of each column of the second look."""
