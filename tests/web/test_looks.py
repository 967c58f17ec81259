"""The style sheets hold to what office PCs still run (Chromium 78 class), and every text colour can be read."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "src/qinqing/web/static/css"
SHEETS = sorted(CSS.rglob("*.css"))
TOO_NEW = {
    ":is() and :where()": r":(is|where)\(",
    ":has()": r":has\(",
    "container queries": r"@container|container-type",
    "aspect-ratio": r"aspect-ratio\s*:",
    "inset": r"(?<![-\w])inset\s*:",
    "dvh, svh, lvh": r"\d(dvh|svh|lvh)\b",
    "min(), max(), clamp()": r"(?<![-\w])(min|max|clamp)\(",
    "nesting": r"{[^{}@]*&",
    "media ranges": r"@media[^{]*[<>]",
    "layers": r"@layer",
    "logical shorthands": r"(?<![-\w])(margin|padding)-(inline|block)\s*:",
    "text-wrap": r"text-wrap\s*:",
    "color functions": r"(oklch|color-mix)\(",
}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
class TestSheets:
    def test_use_nothing_too_new(self, sheet: Path) -> None:
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert {name for name, pattern in TOO_NEW.items() if re.search(pattern, text)} == set()

    def test_space_flex_rows_by_margins(self, sheet: Path) -> None:
        """`gap` in flexbox came with Chromium 84; in a grid it is old."""
        rules = re.findall(r"{([^{}]*)}", sheet.read_text(encoding="utf-8"))
        assert [
            rule
            for rule in rules
            if "flex" in re.findall(r"display\s*:\s*([\w-]+)", rule) and re.search(r"(?<!-)gap\s*:", rule)
        ] == []

    def test_focus_is_seen_in_old_browsers_too(self, sheet: Path) -> None:
        """A list of selectors with :focus-visible in it is dropped whole by a browser that does not know it."""
        selectors = re.findall(r"([^{}]*):focus-visible", sheet.read_text(encoding="utf-8"))
        assert [one for one in selectors if not one.rstrip().endswith(":not(")] == []


TOKENS = dict(re.findall(r"(--[\w-]+):\s*(#[0-9a-f]{3,6})", (CSS / "tokens.css").read_text(encoding="utf-8")))
PAIRS = [
    *((ink, ground) for ink in ("--ink", "--ink-2", "--ink-3") for ground in ("--paper", "--ground", "--tint-2")),
    ("--ink-2", "--tint"), ("--brand", "--paper"), ("--brand", "--ground"), ("--brand-deep", "--tint"), ("--brand-on", "--brand"),
    ("--ok", "--ok-bg"), ("--soon", "--soon-bg"), ("--late", "--late-bg"), ("--calm", "--calm-bg"), ("--paper", "--soon"),
    ("--late", "--paper"), ("--ok", "--paper"), ("--paper", "--late"),
]  # fmt: skip


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read(ink: str, ground: str) -> None:
    """WCAG AA: 4.5 : 1 for text."""
    light, dark = sorted((_luminance(TOKENS[ink]), _luminance(TOKENS[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
