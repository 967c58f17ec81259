"""Pages speak Chinese, run no inline script, and say what they are given."""

import re
from pathlib import Path

import pytest

from tests.repo import tree

PAGES = sorted(tree.SOURCE.rglob("templates/**/*.html"))
CODE = re.compile(
    r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|{%.*?%}|{{.*?}}|<!--.*?-->|<code.*?</code>|<script.*?</script>|<style.*?</style>",
    re.DOTALL,
)
TAG = re.compile(r"<[^>]+>", re.DOTALL)
SPOKEN = re.compile(r"""\b(?:alt|title|placeholder|aria-label|content|value)\s*=\s*"([^"]*)\"""", re.DOTALL)
ENGLISH = re.compile(r"\b[A-Za-z]{3,}(?:[ ,'’]+[A-Za-z]{2,})+\b")
# Names of things, in the form everybody writes them, and values for machines.
NAMES = re.compile(
    r"width=device-width|initial-scale|Mulan PSL v2|Internet Explorer|Google Authenticator|Microsoft Authenticator"
)
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=\s*[\"']|javascript:", re.IGNORECASE
)


def _spoken(page: Path) -> str:
    text = CODE.sub(" · ", page.read_text(encoding="utf-8"))
    attributes = " · ".join(SPOKEN.findall(text))
    return NAMES.sub("", TAG.sub(" · ", text) + " · " + attributes)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: tree.name(page).removeprefix("src/qinqing/"))
class TestPages:
    def test_speaks_chinese(self, page: Path) -> None:
        assert not ENGLISH.findall(_spoken(page))

    def test_has_no_inline_script_or_style(self, page: Path) -> None:
        text = re.sub(r"{#.*?#}", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not [found for found in INLINE.findall(text) if 'type="application/json"' not in found]
