"""What must hold within the scheme of the red and black lists."""

from collections.abc import Iterator

from qinqing.plan.merge import Complaint, Raw
from qinqing.plan.raws import number_of, rows, word

FULL = 100


def complaints(raw: Raw) -> Iterator[Complaint]:
    """Yield every contradiction: weights that do not come to 100, one thing named twice, lists that overlap."""
    scheme = raw.get("standings")
    if not isinstance(scheme, dict):
        return
    weights = [row.get("points") for _, row in rows(raw, "standings", "weights")]
    points = [value for value in weights if isinstance(value, int) and not isinstance(value, bool)]
    if points and len(points) == len(weights) and sum(points) != FULL:
        yield (
            ("standings", "weights"),
            f"红黑榜各项的分值合计要正好是{FULL}分，现在是{'、'.join(map(str, points))}，合计{sum(points)}分",
        )
    for key, field in (("weights", "rate"), ("deductions", "fault"), ("bonuses", "merit"), ("vetoes", "code")):
        seen: set[str] = set()
        for path, row in rows(raw, "standings", key):
            name = word(row, field)
            if name and name in seen:
                yield (*path, field), f"“{name}”写了两次，一项只能写一次"
            seen.add(name)
    red, black = scheme.get("red_from"), scheme.get("black_below")
    if type(red) is int and type(black) is int and black > red:
        yield ("standings", "black_below"), f"黑榜线不能高于红榜线（{red}分）"
    appeal = scheme.get("appeal")
    if isinstance(appeal, dict) and word(appeal, "unit") not in ("", "working_days"):
        yield ("standings", "appeal", "unit"), "这一项按工作日计，应为 working_days"
    days = number_of(scheme, "appeal")
    if days is not None and not 3 <= days <= 30:
        yield ("standings", "appeal", "value"), "申诉期应在3到30个工作日之间"
