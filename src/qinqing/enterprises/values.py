"""One fact of a firm at a time: from what was typed or stood in a spreadsheet cell to the value stored. Pure.

Every reader takes the field's name for the refusal and the raw text, and returns the value or raises `Refused` with a
sentence that makes sense beside an input and in an import report alike. Empty text means "unknown" and is never an error here;
what must not be empty is said in `rules`.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from qinqing.enterprises import industries
from qinqing.enterprises.words import Tag
from qinqing.kernel.choices import Words
from qinqing.kernel.errors import Refused
from qinqing.kernel.text import clean

_NOTHING = {"N/A", "NA", "NULL", "NONE", "#N/A", "-", "—", "/", "\\", "无", "暂无"}
_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?[eE][+-]?\d+$")
_MOBILE = re.compile(r"^1[3-9]\d{9}$")
_LANDLINE = re.compile(r"^(?:(0[12]\d|0[3-9]\d\d)-?)?([2-9]\d{6,7})(?:[-转](\d{1,6}))?$")
_DEMONSTRATION = re.compile(r"1000000\d{4}$")  # no network gives these out: a demonstration rings nobody
_HOTLINE = re.compile(r"^(?:400|800)-?\d{3}-?\d{4}$")
_DAY = re.compile(r"^(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?$")
_PACKED_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SPREADSHEET_DAY_ZERO = date(1899, 12, 30)
_YES = {"是", "y", "yes", "true", "1", "√", "有"}
_NO = {"否", "n", "no", "false", "0", "×", "x", "无", "没有"}


def line(field: str, raw: str, most: int) -> str:
    """Return one line of text, at most `most` characters; 无, N/A and dashes count as nothing."""
    text = " ".join(clean(raw).split())
    if text.upper() in _NOTHING:
        return ""
    if len(text) > most:
        raise Refused("too_long", f"最多{most}字，现为{len(text)}字", field=field)
    return text


def paragraph(field: str, raw: str, most: int) -> str:
    """Return text that may have line breaks, at most `most` characters."""
    text = clean(raw)
    if len(text) > most:
        raise Refused("too_long", f"最多{most}字，现为{len(text)}字", field=field)
    return "" if text.upper() in _NOTHING else text


def name(field: str, raw: str, most: int = 120) -> str:
    """Return a firm's or person's name: no markup, nothing that a spreadsheet would run as a formula."""
    text = line(field, raw, most)
    if not text:
        return ""
    if unicodedata.normalize("NFKC", text[0]) in "=+-@":
        raise Refused("looks_like_formula", f"以“{text[0]}”开头，像公式不像名称", field=field)
    if any(letter in "<>{}|\\^`" for letter in text):
        raise Refused("bad_characters", "名称里有不该出现的符号（如尖括号、反斜杠）", field=field)
    if sum(letter.isalnum() for letter in text) < 2:
        raise Refused("too_short", "名称至少要有两个字", field=field)
    return text


def name_key(text: str) -> str:
    """Return a name as compared: width, case, spaces and punctuation ignored (常州（某）厂 = 常州(某)厂)."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())[:120]


def phone(field: str, raw: str) -> str:
    """Return a phone number as stored: 13800000000, 0519-83500000, 0519-83500000-801, 400-000-0000."""
    text = unicodedata.normalize("NFKC", clean(raw)).replace(" ", "").replace("−", "-").replace("－", "-")
    if text.upper() in _NOTHING or not text:
        return ""
    if _SCIENTIFIC.match(text):
        raise Refused("scientific", "号码被表格软件存成了科学计数，请把该列设为文本后重新填写", field=field)
    text = text.removesuffix(".0").removeprefix("+86").removeprefix("0086").strip("-")
    text = text.replace("(", "").replace(")", "-") if text.startswith("(") else text
    digits = text.replace("-", "")
    if _MOBILE.match(digits) or _DEMONSTRATION.match(digits):
        return digits
    if _HOTLINE.match(text):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    found = _LANDLINE.match(text)
    if not found:
        raise Refused("bad_phone", _phone_hint(text), field=field)
    return "-".join(part for part in found.groups() if part)


def _phone_hint(text: str) -> str:
    if any(mark in text for mark in "/、,，;；"):
        return "只能填一个号码"
    if text.isdigit() and text.startswith("1"):
        return f"手机号应为11位，现为{len(text)}位"
    return "不是手机号（11位）或固定电话（如 0519-83500000）"


def day(field: str, raw: str) -> date | None:
    """Return a date from 2001-07-27, 2001/7/27, 2001年7月27日, 20010727 or a spreadsheet's day number."""
    text = unicodedata.normalize("NFKC", clean(raw)).removesuffix(" 00:00:00").removesuffix("T00:00:00")
    if not text or text.upper() in _NOTHING:
        return None
    number = text.removesuffix(".0")
    if number.isdigit() and len(number) == 5:
        return _SPREADSHEET_DAY_ZERO + timedelta(days=int(number))
    found = _PACKED_DAY.match(number) or _DAY.match(text)
    try:
        if found:
            on = date(*(int(part) for part in found.groups()))
            if 1840 <= on.year <= 2199:
                return on
    except ValueError:
        pass
    raise Refused("bad_date", "不是日期，应如 2001-07-27", field=field)


def whole(field: str, raw: str, most: int, unit: str = "") -> int | None:
    """Return a whole number from 0 to `most`; "50人" is read as 50 when the unit is 人."""
    text = unicodedata.normalize("NFKC", clean(raw)).replace(",", "").removesuffix(unit).removesuffix(".0").strip()
    if not text or text.upper() in _NOTHING:
        return None
    if not (text.isascii() and text.isdigit()):
        raise Refused("not_a_number", "应填整数", field=field)
    if len(text) > 12 or int(text) > most:
        raise Refused("too_large", f"最大{most}", field=field)
    return int(text)


def measure(field: str, raw: str, most: int, unit: str = "") -> Decimal | None:
    """Return a number with at most two decimals, from 0 to `most`."""
    text = unicodedata.normalize("NFKC", clean(raw)).replace(",", "").removesuffix(unit).strip()
    if not text or text.upper() in _NOTHING:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise Refused("not_a_number", "应填数字", field=field)
    if value > most:
        raise Refused("too_large", f"最大{most}", field=field)
    return value.quantize(Decimal("0.01"))


def year(field: str, raw: str) -> int | None:
    """Return a year between 1990 and 2199."""
    value = whole(field, raw, 2199, "年")
    if value is not None and value < 1990:
        raise Refused("bad_year", "年度应如 2026", field=field)
    return value


def yes(field: str, raw: str) -> bool | None:
    """Return 是 or 否 in its many spellings; None when nothing was said."""
    text = clean(raw).lower().removesuffix(".0")
    if text in _YES:
        return True
    if text in _NO:
        return False
    if not text or text.upper() in _NOTHING:
        return None
    raise Refused("not_yes_or_no", "应填“是”或“否”", field=field)


def choice(field: str, raw: str, words: type[Words], aliases: dict[str, str] | None = None) -> str:
    """Return the code of an enumeration from its code, its 中文 or an alias; "" when nothing was said."""
    text = clean(raw)
    if not text or text.upper() in _NOTHING:
        return ""
    for code, label in words.choices():
        if text in (code, label):
            return code
    if aliases and text in aliases:
        return aliases[text]
    raise Refused(
        "unknown_word", f"“{text[:20]}”不在可选范围：{'、'.join(label for _, label in words.choices())}", field=field
    )


def tags(field: str, raw: str | Iterable[str]) -> list[str]:
    """Return codes of `Tag`, in the order of the enumeration, from a list or from 中文 parted by 、，; and spaces."""
    if isinstance(raw, str):
        text = clean(raw)
        raw = [] if text.upper() in _NOTHING else re.split(r"[、，,;；|\s]+", text)
    chosen = {choice(field, part, Tag, _TAG_ALIASES) for part in raw if part}
    return [code for code, _ in Tag.choices() if code in chosen]


_TAG_ALIASES = {label.split("（")[0]: code for code, label in Tag.choices()} | {
    "喷涂": Tag.PAINTING.value,
    "电镀": Tag.PLATING.value,
}


def industry(field: str, raw: str) -> str:
    """Return a code of GB/T 4754-2017 with two to four digits; a leading section letter is dropped."""
    text = industries.normalise(unicodedata.normalize("NFKC", clean(raw)).removesuffix(".0"))
    if not text or text.upper() in _NOTHING:
        return ""
    if not text.isdigit():
        # People paste "3670 汽车零部件及配件制造".
        text = industries.normalise(re.split(r"[\s　:：]+", text)[0])
    if text.isdigit() and len(text) >= 2 and industries.name_of(text):
        return text
    raise Refused("unknown_industry", "不是国民经济行业代码（GB/T 4754-2017），应如 3670", field=field)
