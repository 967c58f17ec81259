"""Learning which topic a text is about, and saying so: complement naive Bayes over pairs of characters, in plain Python.

Small on purpose: what is learnt is a table of sums (how much each pair of characters belongs to each topic), which trains in
seconds, is kept in one row, needs no network and can name the words that led to its answer.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from qinqing.kernel.text import grams

SMOOTHING = 0.1
TITLE_WEIGHT = 2
MOST_WORDS = 5
RARE = 1
"""A pair of characters seen in so few texts says nothing of the next one and is not kept (once there are `MANY` texts)."""
MANY = 200

Features = Mapping[str, float]


@dataclass(frozen=True)
class Text:
    """A matter's words. `title` counts double: people put there what it is about."""

    title: str
    body: str

    def features(self) -> dict[str, float]:
        """Return how much each pair of characters stands in it, dampened: the tenth time says little more than the first."""
        counts = Counter(grams(self.body))
        for gram in grams(self.title):
            counts[gram] += TITLE_WEIGHT
        return {gram: math.log1p(count) for gram, count in counts.items()}


@dataclass(frozen=True)
class Example:
    """A text and the topic it was decided to be about."""

    text: Text
    topic: str


@dataclass(frozen=True)
class Guess:
    """One topic, how much of the likelihood it has among all (0–1), and the words that spoke for it."""

    topic: str
    share: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Lesson:
    """What was learnt: in how many texts each gram occurs, and its weight for each topic it occurred with."""

    texts: int
    seen_in: Mapping[str, int]
    weights: Mapping[str, Mapping[str, float]]
    topics: Sequence[str] = field(default=())

    @classmethod
    def learn(cls, examples: Iterable[Example]) -> "Lesson":
        """Return what a set of decided texts teaches. Order does not matter; the same set gives the same lesson."""
        rows = [(example.text.features(), example.topic) for example in examples]
        seen_in: Counter[str] = Counter()
        for features, _ in rows:
            seen_in.update(features.keys())
        least = RARE if len(rows) >= MANY else 0
        kept = {gram: count for gram, count in seen_in.items() if count > least}
        weights: dict[str, dict[str, float]] = {gram: {} for gram in kept}
        for features, topic in rows:
            scaled = _scale(features, kept, len(rows))
            for gram, value in scaled.items():
                weights[gram][topic] = weights[gram].get(topic, 0.0) + value
        return cls(len(rows), kept, weights, tuple(sorted({topic for _, topic in rows})))

    def guess(self, text: Text, among: Sequence[str] | None = None, *, most: int = 3) -> list[Guess]:
        """Return the likeliest topics, the first first; [] when nothing in the text was ever seen.

        Args:
            text: what is asked about.
            among: only these topics; a topic never learnt is never guessed.
            most: how many at most.
        """
        topics = [topic for topic in self.topics if among is None or topic in among]
        scaled = _scale(text.features(), self.seen_in, self.texts)
        if not topics or not scaled:
            return []
        votes = {
            topic: {gram: value * self._against(gram, topic) for gram, value in scaled.items()} for topic in topics
        }
        scores = {topic: sum(by_gram.values()) for topic, by_gram in votes.items()}
        order = sorted(topics, key=lambda topic: (-scores[topic], topic))
        shares = _shares([scores[topic] for topic in order])
        return [
            Guess(topic, share, _words(votes[topic], self.weights, topic))
            for topic, share in zip(order[:most], shares, strict=False)
        ]

    def plain(self) -> dict[str, Any]:
        """Return it as plain JSON values, weights to four digits."""
        rounded = {g: {t: round(w, 4) for t, w in by.items()} for g, by in self.weights.items()}
        return {"texts": self.texts, "seen_in": dict(self.seen_in), "weights": rounded, "topics": list(self.topics)}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> "Lesson":
        """Return what `plain` gave."""
        return cls(kept["texts"], kept["seen_in"], kept["weights"], tuple(kept["topics"]))

    def _against(self, gram: str, topic: str) -> float:
        """Return how little a gram belongs to all the other topics: high speaks for this one."""
        totals = self._totals
        here = self.weights[gram].get(topic, 0.0)
        others = self._everywhere[gram] - here
        rest = totals["*"] - totals.get(topic, 0.0)
        return -math.log((others + SMOOTHING) / (rest + SMOOTHING * len(self.weights))) / self._lengths[topic]

    @cached_property
    def _everywhere(self) -> dict[str, float]:
        return {gram: sum(by.values()) for gram, by in self.weights.items()}

    @cached_property
    def _totals(self) -> dict[str, float]:
        totals: dict[str, float] = {}
        for by in self.weights.values():
            for topic, weight in by.items():
                totals[topic] = totals.get(topic, 0.0) + weight
        totals["*"] = sum(self._everywhere.values())
        return totals

    @cached_property
    def _lengths(self) -> dict[str, float]:
        """Return each topic's sum of votes, by which they are made comparable: a much-used topic must not win by size."""
        totals, size = self._totals, len(self.weights)
        found = {}
        for topic in self.topics:
            rest = totals["*"] - totals.get(topic, 0.0) + SMOOTHING * size
            found[topic] = sum(
                abs(math.log((self._everywhere[gram] - by.get(topic, 0.0) + SMOOTHING) / rest))
                for gram, by in self.weights.items()
            ) / max(size, 1)
        return found


def likeness(one: Features, other: Features) -> float:
    """Return how much two texts have in common, 0 to 1 (cosine of their features)."""
    common = sum(value * other[gram] for gram, value in one.items() if gram in other)
    return common / ((_length(one) * _length(other)) or 1.0)


def _length(features: Features) -> float:
    return math.sqrt(sum(value * value for value in features.values()))


def _scale(features: Features, seen_in: Mapping[str, int], texts: int) -> dict[str, float]:
    """Weigh grams by rarity and bring every text to the same length."""
    weighed = {
        gram: value * math.log((texts + 1) / (seen_in[gram] + 0.5))
        for gram, value in features.items()
        if gram in seen_in
    }
    length = _length(weighed) or 1.0
    return {gram: value / length for gram, value in weighed.items()}


def _shares(scores: Sequence[float]) -> list[float]:
    """Turn scores into shares of one; a wide gap gives the first nearly all."""
    top = max(scores)
    spread = (top - min(scores)) or 1.0
    raised = [math.exp((score - top) / spread * 8) for score in scores]
    return [one / sum(raised) for one in raised]


def _words(votes: Mapping[str, float], weights: Mapping[str, Mapping[str, float]], topic: str) -> tuple[str, ...]:
    """Return the grams that spoke most for a topic and were really seen with it."""
    spoke = [gram for gram in votes if topic in weights[gram]]
    own = {gram: votes[gram] * weights[gram][topic] / (sum(weights[gram].values()) or 1.0) for gram in spoke}
    return tuple(sorted(own, key=lambda gram: (-own[gram], gram))[:MOST_WORDS])
