"""Learning and guessing, as plain Python."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qinqing.triage.rules import Example, Lesson, Text, likeness

MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "messages.csv"


def example(title: str, topic: str) -> Example:
    return Example(Text(title, ""), topic)


LESSON = Lesson.learn(
    [
        example("路灯不亮，晚上看不见", "light"),
        example("路灯坏了请修", "light"),
        example("垃圾没人清运", "waste"),
        example("垃圾焚烧味道大", "waste"),
        example("招工难，缺工人", "work"),
    ]
)


def test_the_likeliest_topic_comes_first_with_the_words_that_led_to_it() -> None:
    found = LESSON.guess(Text("厂门口的路灯又坏了", "夜班工人下班看不见"))
    assert found[0].topic == "light"
    assert "路灯" in found[0].words
    assert found[0].share > found[1].share > 0


def test_a_text_without_a_known_word_gets_no_guess() -> None:
    assert LESSON.guess(Text("xyz", "……")) == []


def test_only_the_topics_asked_for_are_guessed() -> None:
    assert [one.topic for one in LESSON.guess(Text("路灯", ""), ["waste"])] == ["waste"]


def test_what_is_kept_says_the_same_as_what_was_learnt() -> None:
    again = Lesson.from_plain(LESSON.plain())
    asked = Text("垃圾堆在路灯下面", "")
    assert [one.topic for one in again.guess(asked)] == [one.topic for one in LESSON.guess(asked)]


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_it(title: str, body: str) -> None:
    for one in LESSON.guess(Text(title, body)):
        assert 0 <= one.share <= 1
    assert 0 <= likeness(Text(title, body).features(), Text(body, title).features()) <= 1.000001


@pytest.mark.skipif(not MESSAGES.exists(), reason="the big data lie beside the repository only where it is developed")
def test_real_messages_are_told_apart_far_better_than_by_chance() -> None:
    """691 real messages of 7 categories, each guessed by a lesson that never saw it (five folds)."""
    with MESSAGES.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["category"]]
    every = [
        Example(Text(row["title"], row["text"]), row["category"]) for row in sorted(rows, key=lambda row: row["id"])
    ]
    first = three = 0
    for fold in range(5):
        lesson = Lesson.learn(one for place, one in enumerate(every) if place % 5 != fold)
        for one in every[fold::5]:
            guessed = [guess.topic for guess in lesson.guess(one.text)]
            first += guessed[0] == one.topic
            three += one.topic in guessed
    biggest = max(sum(one.topic == topic for one in every) for topic in {one.topic for one in every})
    assert len(every) == 691
    assert biggest / len(every) < 0.22  # always saying the commonest category
    assert first / len(every) > 0.80
    assert three / len(every) > 0.96
