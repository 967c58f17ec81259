"""The command itself: finding nouns, speaking, refusing."""

import os
import subprocess
import sys
from argparse import Namespace

import pytest

from qinqing.kernel.errors import Refused
from qinqing.ops import cli, say
from qinqing.ops.parser import Parser


def _parser() -> Parser:
    parser = Parser(prog="qinqing")
    noun = parser.add_subparsers(required=True).add_parser("plan")
    check = noun.add_subparsers(required=True).add_parser("check")
    check.add_argument("file")
    check.set_defaults(run=lambda args: 0)
    return parser


class TestParsing:
    def test_json_is_false_unless_asked_for(self) -> None:
        assert _parser().parse_args(["plan", "check", "x"]).json is False

    @pytest.mark.parametrize(
        "words",
        [
            ["--json", "plan", "check", "x"],
            ["plan", "--json", "check", "x"],
            ["plan", "check", "x", "--json"],
        ],
    )
    def test_json_may_stand_anywhere(self, words: list[str]) -> None:
        assert _parser().parse_args(words).json is True

    def test_a_missing_word_is_told_in_chinese_with_exit_code_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            _parser().parse_args(["plan", "check"])
        assert stop.value.code == 2
        assert "缺少：file" in capsys.readouterr().err


class TestRunning:
    def test_a_refusal_is_one_sentence_and_exit_code_1(self, capsys: pytest.CaptureFixture[str]) -> None:
        def handler(args: Namespace) -> int:
            raise Refused("no_town", "没有这个镇。")

        assert cli._run(handler, Namespace(json=False)) == 1
        said = capsys.readouterr()
        assert (said.out, said.err) == ("", "没有这个镇。\n")

    def test_a_refusal_as_json_carries_its_code(self, capsys: pytest.CaptureFixture[str]) -> None:
        def handler(args: Namespace) -> int:
            raise Refused("no_town", "没有这个镇。")

        assert cli._run(handler, Namespace(json=True)) == 1
        assert capsys.readouterr().out == '{"ok": false, "code": "no_town", "message": "没有这个镇。"}\n'

    def test_an_unknown_noun_is_exit_code_2(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stop:
            cli.main(["nonsense"])
        assert stop.value.code == 2


class TestUnsetMachine:
    """A machine where nothing is set: production is the mode, and it lacks its keys."""

    @staticmethod
    def _run(*words: str) -> subprocess.CompletedProcess[str]:
        bare = {name: value for name, value in os.environ.items() if not name.startswith("QINQING_")}
        bare |= {"DATABASE_URL": ""}
        command = [sys.executable, "-m", "qinqing", *words]
        return subprocess.run(command, env=bare, capture_output=True, text=True, check=False, cwd="/")

    def test_everything_missing_is_told_at_once(self) -> None:
        said = self._run("doctor")
        assert said.returncode == 2
        assert all(name in said.stderr for name in ("QINQING_SECRET_KEY", "QINQING_FIELD_KEYS", "QINQING_HOSTS"))
        assert "Traceback" not in said.stderr

    def test_help_can_be_read(self) -> None:
        said = self._run("--help")
        assert said.returncode == 0
        assert "doctor" in said.stdout


class TestSaying:
    def test_columns_line_up_with_chinese(self, capsys: pytest.CaptureFixture[str]) -> None:
        say.table([("孟河镇", 1), ("a", None)], head=("镇", "数"))
        assert capsys.readouterr().out == "镇      数\n孟河镇  1\na\n"
