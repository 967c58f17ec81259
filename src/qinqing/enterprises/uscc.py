"""The numbers that identify a firm: 统一社会信用代码 (GB 32100-2015) and the old 15-digit registration number.

Pure: no Django, no database. The outer check digit decides (every one of 5 156 codes of a real register extract obeys it);
the check character of the organisation code inside (GB 11714) only warns, since invented demonstration codes break it
on purpose and one wrong digit is already caught by the outer one.
"""

import re
import unicodedata
from dataclasses import dataclass

from qinqing.enterprises.words import NumberKind

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The 31 characters of GB 32100: I, O, S, V and Z are left out because they look like digits."""
AUTHORITIES = "123456789ANY"
"""First place: who registered it (1 机构编制 … 9 市场监管, A 军队, N 农业农村, Y 其他)."""
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_NOISE = re.compile(r"[\s\-－—_·.:：'’`]+")
_LOOKALIKES = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?[eE][+-]?\d+$")


@dataclass(frozen=True, slots=True)
class Number:
    """What was found in a number cell.

    Attributes:
        kind: NONE when the cell was empty or is not a number of ours.
        text: normalised; empty when `problem` is set or nothing was given.
        problem: 中文 reason why it cannot be taken; empty if it can.
        warnings: 中文 remarks that do not stop it.
    """

    kind: NumberKind
    text: str = ""
    problem: str = ""
    warnings: tuple[str, ...] = ()


def normalise(raw: str) -> str:
    """Return a number as stored: half-width, upper case, without spaces, dashes and stray punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", raw)).upper()


def read(raw: str, *, city: str = "") -> Number:
    """Decide what a typed number is.

    Args:
        raw: as typed or as it came out of a spreadsheet.
        city: first four digits of the region (GB/T 2260), e.g. "3204"; firms registered elsewhere get a remark.
    Source: domain research §5.1; GB 32100-2015, GB 11714-1997, GS 15-2006.
    """
    if _SCIENTIFIC.match(raw.strip()):
        problem = "代码被表格软件存成了科学计数，末几位已丢失：请把该列设为文本后重新填写"
        return Number(NumberKind.NONE, problem=problem)
    text = normalise(raw)
    if not text or text in {"无", "暂无", "N/A", "NA", "NULL", "NONE", "0"}:
        return Number(NumberKind.NONE)
    if len(text) == 15 and text.isascii() and text.isdigit():
        return _old(text)
    return _uscc(text, city)


def _uscc(text: str, city: str) -> Number:
    problem = _form_problem(text)
    if not problem and check_digit(text) != text[17]:
        problem = f"统一社会信用代码校验位不对（末位应为{check_digit(text)}），请核对是否有错字"
    if problem:
        return Number(NumberKind.NONE, problem=problem)
    warnings = []
    if organisation_digit(text[8:16]) != text[16]:
        warnings.append("代码内的组织机构代码校验不符，请对照营业执照核实")
    if city and text[2:6] != city:
        warnings.append("登记机关不在本市，请确认生产经营地在本镇")
    return Number(NumberKind.USCC, text, warnings=tuple(warnings))


def _form_problem(text: str) -> str:
    if len(text) != 18:
        return f"应为18位统一社会信用代码或15位原注册号，现为{len(text)}位"
    wrong = sorted({letter for letter in text if letter not in ALPHABET})
    if wrong:
        hint = "、".join(f"{x}（是否为{_LOOKALIKES[x]}）" if x in _LOOKALIKES else x for x in wrong)
        return f"统一社会信用代码里不会有：{hint}"
    if text[0] not in AUTHORITIES:
        return f"统一社会信用代码第1位不会是{text[0]}"
    if not text[2:8].isdigit():
        return "统一社会信用代码第3至8位是行政区划，应全为数字"
    return ""


def check_digit(text: str) -> str:
    """Return the 18th character that belongs to these first 17 (GB 32100: weights 3^i, modulo 31)."""
    total = sum(ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(text[:17]))
    return ALPHABET[-total % 31]


def organisation_digit(text: str) -> str:
    """Return the check character of an organisation code's first eight (GB 11714: modulo 11, X for ten)."""
    pairs = zip(text[:8], _ORGANISATION_WEIGHTS, strict=True)
    rest = -sum(int(letter, 36) * weight for letter, weight in pairs) % 11
    return "X" if rest == 10 else str(rest)


def _old(text: str) -> Number:
    if old_digit(text[:14]) == text[14]:
        return Number(NumberKind.OLD, text)
    return Number(NumberKind.OLD, text, warnings=("15位原注册号校验位不符，请核对",))


def old_digit(text: str) -> str:
    """Return the 15th digit of an old registration number (ISO 7064 MOD 11,10)."""
    product = 10
    for letter in text[:14]:
        product = ((product + int(letter)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)
