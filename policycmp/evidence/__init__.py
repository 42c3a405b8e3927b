"""Why two passages stand to each other as they do: evidence with quotations.

`find_evidence` takes a local and a template passage with their redline and returns every
difference that bears on how demanding the local text is: targets, deadlines, frequencies,
coverage, modality, levels, scope, exceptions, accountability and whole commitments. Each kind
is a module of its own; `Pair` prepares what they share.
"""

from policycmp.evidence.find import Findings, examine, find_evidence
from policycmp.evidence.model import KINDS, Evidence

__all__ = ["KINDS", "Evidence", "Findings", "examine", "find_evidence"]
