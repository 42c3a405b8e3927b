"""What changed between two texts: words that stayed, moved, came and went, as blocks and as HTML."""

from policycmp.redlines.blocks import Block, Redline, redline

__all__ = ["Block", "Redline", "redline"]
