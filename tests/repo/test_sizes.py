"""A file that can be read in one sitting: 95 of 100 have at most 400 lines, none more than 450."""

import pytest

from tests.repo import tree

LONGEST = 450
USUAL = 400
PAGES = ("*.html", "*.css", "*.js")


def _lengths(folder: str) -> dict[str, int]:
    files = list(tree.python_files(folder))
    if folder == "src/qinqing":
        static = tree.SOURCE / "web" / "static" / "build"
        files += [page for pattern in PAGES for page in tree.SOURCE.rglob(pattern) if static not in page.parents]
    return {tree.name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}


@pytest.mark.parametrize("folder", ["src/qinqing", "tests", "tools", "bench"])
class TestSizes:
    def test_no_file_is_too_long(self, folder: str) -> None:
        too_long = {file: lines for file, lines in _lengths(folder).items() if lines > LONGEST}
        assert not too_long, "split them by topic, one file each"

    def test_nearly_all_are_short(self, folder: str) -> None:
        lengths = sorted(_lengths(folder).values())
        assert not lengths or lengths[max(0, int(len(lengths) * 0.95) - 1)] <= USUAL
