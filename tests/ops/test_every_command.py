"""Every command there is: it has help in Chinese, takes --json, and leads to a handler."""

import argparse
import re
from collections.abc import Iterator

import pytest

from qinqing.ops import cli

ENGLISH = re.compile(r"\b[A-Za-z]{3,}(?: [A-Za-z]{3,}){2,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _leaves(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield parser
    for group in groups:
        for child in group.choices.values():
            yield from _leaves(child)


COMMANDS = list(_leaves(cli._parser([])))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.prog)
class TestEveryCommand:
    def test_leads_to_a_handler(self, command: argparse.ArgumentParser) -> None:
        assert callable(command.get_default("run"))

    def test_takes_json(self, command: argparse.ArgumentParser) -> None:
        assert "--json" in command._option_string_actions

    def test_has_help_in_chinese(self, command: argparse.ArgumentParser) -> None:
        text = command.format_help().replace(command.prog, "")
        assert CHINESE.search(text)
        assert not ENGLISH.findall(text)


@pytest.mark.parametrize("noun", cli.nouns())
def test_a_noun_is_told_in_the_list(noun: str) -> None:
    assert re.search(rf"^ +{noun}\b", cli._parser([]).format_help(), re.MULTILINE)
