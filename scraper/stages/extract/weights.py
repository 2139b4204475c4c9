"""What every sign says of a block, as log odds: made by ``python -m benchmarks.extraction``, not by hand.

``SIGNS`` weighs the signs of ``signs.py``, ``CONTEXT`` the columns of ``choice.context`` in their order.
"""

from __future__ import annotations

from typing import Final

SIGNS: Final = {
    "after-apart": 0.08, "after-article": 0.05, "after-blockquote": 0.33, "after-dd": 0.24, "after-div": -0.03, "after-dt": -0.19,
    "after-figcaption": -0.04, "after-h1": -0.54, "after-h2": -0.29, "after-h3": -0.06, "after-h4": -0.04, "after-h5": -0.34,
    "after-h6": 0.38, "after-li": -0.09, "after-other": -0.19, "after-p": 0.12, "after-p1u": 0.33, "after-p2u": 0.30, "after-pre": 0.14,
    "after-same": 0.29, "after-section": -0.05, "after-td": 0.59, "after-th": 0.41, "after-x0k": -0.45, "after-x0u": 0.12,
    "after-x1k": -0.18, "after-x1u": 0.11, "after-x2k": -0.14, "after-x2u": 0.28, "bar": -0.47, "before-apart": -0.05,
    "before-article": 0.34, "before-blockquote": 0.26, "before-div": 0.09, "before-dt": -0.16, "before-h1": 0.40, "before-h2": 0.04,
    "before-h3": -0.62, "before-h4": -0.71, "before-h5": -0.08, "before-h6": 0.21, "before-li": -0.09, "before-other": -0.30,
    "before-p": -0.12, "before-p1u": 0.26, "before-p2u": 0.21, "before-pre": 0.19, "before-same": 0.17, "before-section": -0.13,
    "before-td": 0.66, "before-th": 0.18, "before-x0k": -0.42, "before-x0u": 0.13, "before-x1k": -0.41, "before-x1u": 0.26,
    "before-x2u": 0.06, "bias": -0.20, "colon": -0.25, "commas0": -0.17, "commas2": -0.06, "commas3": 0.03, "cue": -1.25, "cue0": -0.05,
    "cue1": -0.66, "cue2": -0.49, "cue3": -0.05, "cue4": -0.09, "cue5": -0.09, "cue6": 0.19, "d-weight0": 0.41, "d-weight1": -0.64,
    "d-weight2": -0.55, "d-weight3": -0.54, "d-weight4": -0.14, "d-weight6": 0.35, "dense1-1": -0.07, "dense1-2": -0.18,
    "dense1-3": -0.14, "dense1-4": 0.10, "dense1-5": 0.06, "dense2-0": 0.47, "dense2-1": 0.10, "dense2-2": -0.04, "dense2-3": -0.26,
    "dense2-4": -0.33, "dense2-5": -0.14, "digits0": -0.18, "digits1": 0.16, "digits2": -0.44, "ends": 0.20, "first": -0.33,
    "h-weight0": 0.16, "h-weight1": -0.12, "h-weight2": -0.06, "h-weight3": -0.31, "h-weight4": -0.20, "h-weight5": 0.31,
    "in-aside": -0.07, "in-author": -0.89, "in-caption": -0.72, "in-comment": -0.88, "in-content": 0.25, "in-figure": -0.07,
    "in-footer": -0.37, "in-form": -0.29, "in-header": 0.09, "in-hidden": 0.65, "in-legal": -0.39, "in-list": 0.19, "in-main": 0.04,
    "in-meta": -0.55, "in-nav": -0.12, "in-promo": -1.17, "in-quote": 0.62, "in-related": -0.44, "in-share": -0.29, "in-side": -0.55,
    "in-table": -0.32, "last": -0.58, "li-weight0": 0.04, "li-weight1": -0.19, "li-weight2": 0.16, "li-weight3": 0.38, "li-weight4": 0.08,
    "li-weight5": -0.50, "li-weight6": 0.06, "lines": 0.09, "linked0": 0.44, "linked1": -0.09, "linked2": -0.20, "linked4": -0.33,
    "linked5": -0.04, "lower": 0.46, "open": -0.16, "p-weight1": 0.23, "p-weight2": 0.12, "p-weight3": 0.07, "p-weight4": -0.13,
    "p-weight5": -0.08, "p-weight6": 0.07, "paragraph": 0.22, "pictured": -0.39, "pictured0": 0.16, "pictured1": 0.36, "pictured2": -0.34,
    "pictured3": -0.69, "pictured4": -0.56, "pictured5": 0.14, "pictured6": 0.53, "pieces0": -0.07, "pieces3": -0.06, "pieces4": -0.05,
    "place0": 0.25, "place1": 0.48, "place2": 0.51, "place3": -0.32, "place4": -0.53, "place5": -0.59, "prose1-0": 0.11, "prose1-1": 0.42,
    "prose1-2": -0.33, "prose1-3": -0.16, "prose1-4": -0.23, "prose1-5": -0.03, "prose2-0": 0.67, "prose2-1": 0.36, "prose2-3": -0.21,
    "prose2-4": -0.44, "prose2-5": -0.58, "repeated": 0.57, "share1-0": -0.77, "share1-1": -0.64, "share1-2": -0.22, "share1-3": 0.36,
    "share1-4": 0.46, "share1-5": 0.61, "share2-0": -0.91, "share2-1": -0.33, "share2-2": -0.23, "share2-3": 0.21, "share2-4": 0.56,
    "share2-5": 0.50, "stops0": 0.07, "stops1": -0.08, "stops2": -0.14, "stops3": -0.05, "stress0": -0.09, "stress1": 0.10,
    "stress2": 0.04, "stress3": -0.26, "stressed0": -0.03, "stressed1": 0.37, "stressed2": 0.11, "stressed4": -0.46, "stressed5": -0.22,
    "tag-article": -0.07, "tag-blockquote": 0.07, "tag-dd": 0.36, "tag-div": -0.33, "tag-dt": -0.46, "tag-figcaption": -0.27,
    "tag-h1": -0.26, "tag-h3": 0.14, "tag-h4": -0.10, "tag-li": 0.12, "tag-other": -0.93, "tag-p": 0.25, "tag-pre": 0.69,
    "tag-section": -0.28, "tag-td": 0.72, "tag-th": 0.11, "td-weight0": 0.29, "td-weight1": 0.61, "td-weight2": 0.08, "td-weight3": -0.06,
    "td-weight6": -0.13, "under-article": 0.47, "under-aside": -1.18, "under-author": -1.11, "under-caption": -0.07,
    "under-comment": -1.24, "under-content": 0.49, "under-figure": -0.79, "under-footer": -0.69, "under-form": -1.58,
    "under-header": -0.16, "under-hidden": -0.51, "under-legal": -0.90, "under-list": 0.47, "under-main": 0.30, "under-menu": -0.81,
    "under-meta": 0.21, "under-nav": -0.33, "under-promo": -0.70, "under-quote": 0.89, "under-related": -0.43, "under-share": -1.01,
    "under-side": -0.46, "under-table": 0.47, "under-title": -0.12, "unlinked0": -1.42, "unlinked1": -0.58, "unlinked2": -0.12,
    "unlinked3": 0.22, "unlinked4": 0.66, "unlinked5": 0.73, "unlinked6": 0.30, "weight0": 0.87, "weight1": -0.11, "weight2": -0.25,
    "weight3": -0.47, "weight4": -0.37, "weight5": -0.24, "weight6": 0.37,
}  # fmt: skip
"""Log odds of each sign; one that is not named here says nothing."""

CONTEXT: Final = (
    -1.454, 0.888, 0.177, -0.464, 0.022, -0.032, 0.012, 0.041, 0.051, 0.378, -0.932, 0.270, -0.166, -0.352, 1.214, 0.798, 0.528, 0.111,
    0.381, -0.311, -0.066, 0.184, 0.260, 0.153, 0.527, 0.650, -0.407, 1.077, -1.196, 1.119, 0.469, 0.692, -0.924, -0.414,
)  # fmt: skip
"""Log odds of each column of the second look."""
