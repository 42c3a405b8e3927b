"""The methods section of a paper that uses a comparison, in Chinese or English.

Every figure in it is read from the comparison: its texts and their hashes, its options, the
versions and tables in use, the decisions of coders. Nothing is written down twice, so the text
changes when an option does, and whatever differs from the defaults is listed by name. The
sentences stand in ``tables/labels_methods.csv``, Chinese beside English; where the template was not given
to the local government, they speak of a benchmark (see `policycmp.direction`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from policycmp.alignment.settings import Weights
from policycmp.evidence.weights import default_weights
from policycmp.labels import RELATIONS, check_lang, label
from policycmp.language.words import stop_words
from policycmp.options import CompareOptions
from policycmp.tables import fingerprint, read_table

if TYPE_CHECKING:
    from policycmp.comparison import Comparison
    from policycmp.plan import Plan

__all__ = ["methods"]

_SHORT = 12
"""Digits of a SHA-256 that are shown: enough to tell two files apart."""


def methods(comparison: Comparison, lang: str = "zh") -> str:
    """Return the methods section of a paper about `comparison`; see `Comparison.methods`."""
    check_lang(lang)
    write = _Writer(comparison, lang)
    paragraphs = (
        write.material() + write.space + write.units(),
        write.words(),
        write.alignment(),
        write.relations() + write.space + write.targets(),
        write.copying(),
        write.coders() + write.space + write.say("limits"),
        write.parameters() + write.space + write.software(),
        write.say("references"),
    )
    return "\n\n".join(paragraphs)


class _Writer:
    """Fills the sentences of the table with what is true of one comparison."""

    def __init__(self, comparison: Comparison, lang: str) -> None:
        self.comparison, self.lang = comparison, lang
        self.options = comparison.options
        self.versions: dict[str, str] = comparison.params["versions"]
        self.space = "" if lang == "zh" else " "

    def say(self, key: str, **facts: object) -> str:
        """Return a sentence of the table; every sentence may name the template and what it shares."""
        neutral = self.comparison.neutral
        words = {
            name: label(f"methods.{name}", self.lang, neutral=neutral) for name in ("role", "short", "shared")
        }
        return label(f"methods.{key}", self.lang, neutral=neutral).format(**words, **facts)

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts that may hold commas of their own as one list."""
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def enumerated(self, parts: Iterable[str]) -> str:
        """Return parts as words are listed: a、b、c; a, b and c."""
        *first, last = list(parts) or ["—"]
        if not first:
            return last
        return f"{'、'.join(first)}、{last}" if self.lang == "zh" else f"{', '.join(first)} and {last}"

    # ------------------------------------------------------------ the texts

    def document(self, plan: Plan) -> str:
        name = plan.title or f"“{plan.plan_id}”"
        return self.say(
            "document",
            name=f"《{name}》" if plan.title and not name.startswith("《") else name,
            issuer=self.enumerated(plan.issuer.split("、")) if plan.issuer else self.say("no_issuer"),
            date=plan.date.isoformat() if plan.date else self.say("no_date"),
            sha256=plan.source.sha256[:_SHORT],
        )

    def material(self) -> str:
        made = self.comparison
        return self.say(
            "material",
            local=self.document(made.local),
            template=self.document(made.template),
            kinship=self.say(f"kin_{made.kinship}"),
            order=self.say(f"order_{made.order}"),
        )

    def units(self) -> str:
        counts: dict[str, int] = {}
        for side, plan in (("local", self.comparison.local), ("template", self.comparison.template)):
            counts[f"{side}_clauses"] = len(plan.clause_list)
            counts[f"{side}_measures"] = len(plan.measure_list)
            counts[f"{side}_targets"] = sum(target.is_target for target in plan.target_list)
        return self.say("units", **counts)

    def words(self) -> str:
        return self.say(
            "words",
            jieba=self.versions["jieba"],
            words=len({row["word"] for row in read_table("policy_words")}),
            dictionary=self.comparison.params["dictionary"][:_SHORT],
            stop_words=len(stop_words()),
        )

    # ------------------------------------------------------------ counterparts

    def sides(self, weights: Weights) -> str:
        """Return the sides that have weight, each with it, and no encoder where none is given."""
        encoder = self.options.align.encoder
        given = {item.name: getattr(weights, item.name) for item in fields(weights) if item.name != "none"}
        if encoder is None:
            given.pop("encoder")
        return self.enumerated(
            self.say(f"side.{name}", weight=_number(weight), encoder=_callable_name(encoder))
            for name, weight in given.items()
            if weight
        )

    def alignment(self) -> str:
        options = self.options.align
        clauses = self.say(
            "align",
            sides=self.sides(options.clauses),
            background=self.say("background" if options.background else "no_background"),
            none=_number(options.clauses.none),
            new=_number(options.new),
            further=_number(options.further),
            part=_number(options.part),
            clear=_number(options.clear),
            **self.relation_names(),
        )
        if not self.options.measures:
            return clauses + self.space + self.say("no_sentences")
        sentences = self.say(
            "sentences",
            sides=self.sides(options.measures),
            none=_number(options.measures.none),
            answered=f"{options.answered:.0%}",
        )
        return clauses + self.space + sentences

    # ------------------------------------------------------------ labels

    def relation_names(self) -> dict[str, str]:
        neutral = self.comparison.neutral
        return {f"is_{name}": label(name, self.lang, neutral=neutral) for name in RELATIONS}

    def relations(self) -> str:
        options, table = self.options.relation, default_weights()
        kinds = list(dict.fromkeys(kind for kind, _ in table))
        changed = [key for key, weight in options.weights.items() if weight != table[key]]
        return self.say(
            "judge",
            kinds=self.enumerated(label(kind, self.lang) for kind in kinds),
            n_kinds=len(kinds),
            policycmp=self.versions["policycmp"],
            weights=len(table),
            weights_hash=fingerprint("evidence_weights")[:_SHORT],
            own_weights=self.say("own_weights", n=len(changed)) if changed else "",
            copied=f"{options.copied:.0%}",
            reworded=f"{options.reworded:.0%}",
            breadth=f"{options.breadth:.0%}",
            named=_number(options.named),
            decisive=_number(options.decisive),
            clause_decisive=_number(options.clause_decisive),
            unchanged=_number(options.unchanged),
            minor=f"{options.minor:.0%}",
            clause_minor=f"{options.clause_minor:.0%}",
            clause_dropped=_number(options.clause_dropped),
            **self.relation_names(),
        )

    def targets(self) -> str:
        options = self.options.targets
        return self.say(
            "targets",
            linked=_number(options.linked),
            unlinked=_number(options.unlinked),
            counts=self.counts(),
        )

    def counts(self) -> str:
        """Return how absolute counts were treated; sizes that are given go before what is known of the places."""
        made, relation = self.comparison, self.options.relation
        sizes = self.options.scale or {}
        ids = (made.local.plan_id, made.template.plan_id)
        if all(i in sizes for i in ids):
            return self.say(
                "counts_sized", sizes=self.enumerated(f"{i} {_number(sizes[i])}" for i in dict.fromkeys(ids))
            )
        if relation.scale_ratio is not None:
            return self.say("counts_ratio_set", ratio=_number(relation.scale_ratio))
        if relation.same_scale:
            return self.say("counts_same_set")
        if made.kinship == "same" and relation.same_scale is None:
            return self.say("counts_same")
        return self.say("counts_open")

    def copying(self) -> str:
        table = read_table("modality")
        sources = [name for name, _ in Counter(row["source"] for row in table).most_common()]
        return self.say(
            "copying",
            modality=len(table),
            modality_sources=self.enumerated(self.say(f"source.{name}") for name in sources),
        )

    # ------------------------------------------------------------ people, parameters, programs

    def coders(self) -> str:
        matches = self.comparison.clause_matching.matches
        first = [m for m in matches if m.local is not None and m.link.rank == 1]
        decided = Counter(m.decided_by for m in first if m.decided_by != "machine")
        if not decided:
            return self.say("machine")
        return self.say(
            "people",
            n=sum(decided.values()),
            all=len(first),
            coders=self.enumerated(self.say("coder", coder=coder, n=n) for coder, n in decided.items()),
        )

    def parameters(self) -> str:
        changes = [
            self.say("change", name=name, value=self.value(value), default=self.value(default))
            for name, value, default in _differences(self.options, CompareOptions())
        ]
        return self.say("changed", changes=self.listed(changes)) if changes else self.say("default")

    def value(self, value: object) -> str:
        if value is None:
            return self.say("not_set")
        if isinstance(value, Mapping):
            return self.enumerated(f"{name} {_number(size)}" for name, size in value.items())
        if callable(value):
            return _callable_name(value)
        return _number(value) if isinstance(value, float) else str(value)

    def software(self) -> str:
        return self.say(
            "software",
            versions=self.enumerated(f"{name} {version}" for name, version in self.versions.items()),
        )


def _number(value: float) -> str:
    return f"{value:g}"


def _callable_name(function: object) -> str:
    """Return what a function is called; an instance by its class."""
    if function is None:
        return ""
    name = getattr(function, "__qualname__", None) or type(function).__qualname__
    return str(name).replace("<locals>.", "")


def _differences(given: Any, default: Any, path: str = "") -> Iterator[tuple[str, object, object]]:
    """Return the name of every option that differs, as one would write it, with both values."""
    for item in fields(given):
        one, other, name = getattr(given, item.name), getattr(default, item.name), f"{path}{item.name}"
        if is_dataclass(one):
            yield from _differences(one, other, f"{name}.")
        elif item.name == "weights":
            table = default_weights()
            for key, weight in one.items():
                if weight != table[key]:
                    yield f"{name}[{'.'.join(key)}]", weight, table[key]
        elif one != other:
            yield name, one, other
