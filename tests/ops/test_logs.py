"""Log lines: JSON in production, and never the values of variables."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import logging, logging.config
from qinqing import logs
logging.config.dictConfig(logs.config(level="INFO", as_json={as_json}))
def sign_in(password):
    1 / 0
try:
    sign_in("秘密")
except ZeroDivisionError:
    logging.getLogger("django.request").exception("坏了")
"""


@pytest.mark.parametrize("as_json", [True, False])
def test_a_fault_is_told_with_its_place_but_without_values(as_json: bool) -> None:
    words = [sys.executable, "-c", PROGRAM.format(as_json=as_json)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    assert "sign_in" in said
    assert "ZeroDivisionError" in said
    assert said.count("秘密") == 0


def test_production_lines_are_json_with_time_and_level() -> None:
    words = [sys.executable, "-c", PROGRAM.format(as_json=True)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stderr
    line = json.loads(said)
    assert (line["event"], line["level"], line["logger"]) == ("坏了", "error", "django.request")
    assert line["timestamp"].endswith("Z")
