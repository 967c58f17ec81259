"""Text as people type it: cleaning, masking, bigrams for search, pinyin initials."""

import re
import unicodedata

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_RUNS = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]+|[0-9a-z]+")


def clean(raw: str) -> str:
    r"""Return text as it should be stored: NFC, \\n line ends, no control or bidi-override characters, no edge space."""
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNSEEN.sub("", text).strip()


def mask_phone(phone: str) -> str:
    """Return a phone number with its middle hidden: 138****0000; short numbers keep only the last two digits."""
    if len(phone) >= 8:
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:]


def initials(name: str) -> str:
    """Return the pinyin initials of a name, lower case: 演示车灯 → yscd; Latin letters and digits stay as they are."""
    # Its dictionary takes 50 MB: only a process that names a firm loads it.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors=str.lower))
    return "".join(letter for letter in letters if letter.isalnum() and letter.isascii())


def grams(text: str, *, tails: bool = False) -> list[str]:
    """Return the search tokens of a text, in order: overlapping two-character words of each Chinese run, whole Latin/digit words.

    A run of one Chinese character gives that character. NFKC and lower case first, so full-width letters match.
    With `tails` (for what is indexed, not for what is asked) a run also gives its last character, so that a search
    for one character by prefix finds it wherever it stands.
    """
    tokens: list[str] = []
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run[0].isascii() or len(run) == 1:
            tokens.append(run)
        else:
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
            if tails:
                tokens.append(run[-1])
    return tokens
