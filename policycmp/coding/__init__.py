"""Coding by hand: sheets out, codes in, agreement between coders, corrections to a comparison,
thresholds fitted to codes."""

from policycmp.coding.agreement import Agreement, agreement
from policycmp.coding.codes import read_codes
from policycmp.coding.corrections import with_corrections
from policycmp.coding.fitting import Fit, fit_options
from policycmp.coding.sheet import write_coding_sheet

__all__ = [
    "Agreement",
    "Fit",
    "agreement",
    "fit_options",
    "read_codes",
    "with_corrections",
    "write_coding_sheet",
]
