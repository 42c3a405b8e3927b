"""Rows of counted terms: bags of words as sparse matrices, and what two of them have in common.

The rows of one plan are counted once; the weights of the terms depend on both plans. So rows are
kept as plain arrays, and a matrix is made of them when the weights are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Matrix", "Rows", "Whole", "product", "shares"]

Matrix = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of counted terms: for every term of every row, by row and then by term, how often it stands there."""

    number: int
    row: Whole
    term: Whole
    count: Matrix

    @classmethod
    def of(cls, row: Whole, term: Whole, number: int, terms: int) -> Rows:
        """Return the rows in which each term stands as often as it is given."""
        found, count = np.unique(row * terms + term, return_counts=True)
        return cls(number, *np.divmod(found, terms), count.astype(np.float64))

    def over(self, position: Whole) -> Rows:
        """Return the rows with their terms renamed."""
        return Rows(self.number, self.row, position[self.term], self.count)

    def weighted(self, weight: Matrix) -> Any:
        """Return a sparse matrix that holds each row's terms with their weights, however often they stand there."""
        return self._matrix(weight[self.term], len(weight))

    def unit(self, weight: Matrix) -> Any:
        """Return the rows with each count as 1 + its logarithm, weighted, of length one."""
        data = (1 + np.log(self.count)) * weight[self.term]
        length = np.sqrt(np.bincount(self.row, data * data, self.number))
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        return self._matrix(data * scale[self.row], len(weight))

    def _matrix(self, data: Matrix, terms: int) -> Any:
        from scipy.sparse import csr_matrix

        # Numbers of 32 bits are taken as they are; longer ones scipy would look through and shorten.
        pointer = np.searchsorted(self.row, np.arange(self.number + 1)).astype(np.int32)
        return csr_matrix((data, self.term.astype(np.int32), pointer), shape=(self.number, terms))


def product(local: Any, template: Any) -> Matrix:
    """Return every row of `local` times every row of `template`, as a full matrix."""
    return np.asarray((local @ template.T).toarray(), dtype=np.float64)


def shares(part: Rows, whole: Rows, weight: Matrix) -> Matrix:
    """Return the share (by weight) of the terms of each row of `part` that stand in each row of `whole`."""
    common = product(part.weighted(weight), whole.weighted(np.ones(len(weight))))
    total = np.bincount(part.row, weight[part.term], part.number)[:, None]
    return np.divide(common, total, out=np.zeros_like(common), where=total > 0)
