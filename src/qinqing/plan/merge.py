"""`extends`: one plan's file on top of another's.

Tables go together key by key. A list whose rows have a `code` goes together by code: the same code changes that row, a
new code is added at the end, `remove = true` takes the row away. Every other list is replaced as a whole, and so is a
list named in `replace = ["communities", "reasons.decline"]`.
"""

from collections.abc import Iterator
from typing import Any, TypeGuard

from qinqing.plan.mistakes import Path

Raw = dict[str, Any]
Complaint = tuple[Path, str]


def merged(base: Raw, child: Raw) -> tuple[Raw, list[Complaint]]:
    """Return the child on top of the base, and what is wrong with the child's way of saying it (paths in the child)."""
    wanted = child.get("replace", [])
    complaints: list[Complaint] = []
    whole: set[Path] = set()
    if not isinstance(wanted, list) or not all(isinstance(key, str) for key in wanted):
        complaints.append((("replace",), '应为清单名的清单，例如 ["communities"]'))
    else:
        for place, key in enumerate(wanted):
            path = tuple(key.split("."))
            whole.add(path)
            if _at(child, path) is None:
                complaints.append((("replace", place), f"写了要整个换掉 {key}，但本文件里没有它"))
    rest = {key: value for key, value in child.items() if key not in {"replace", "extends"}}
    return _tables(base, rest, (), whole, complaints), complaints


def _at(raw: Any, path: Path) -> Any:
    for part in path:
        raw = raw.get(part) if isinstance(raw, dict) else None
    return raw


def _tables(base: Raw, child: Raw, path: Path, whole: set[Path], complaints: list[Complaint]) -> Raw:
    result = dict(base)
    for key, value in child.items():
        here = (*path, key)
        old = base.get(key)
        if here in whole:
            result[key] = value
        elif isinstance(old, dict) and isinstance(value, dict):
            result[key] = _tables(old, value, here, whole, complaints)
        elif _has_codes(old) and isinstance(value, list):
            result[key] = _rows(old, value, here, whole, complaints)
        else:
            result[key] = value
    return result


def _has_codes(rows: Any) -> TypeGuard[list[Raw]]:
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) and "code" in row for row in rows)


def _rows(base: list[Raw], child: list[Any], path: Path, whole: set[Path], complaints: list[Complaint]) -> list[Any]:
    result: list[Any] = list(base)
    for number, row in enumerate(child):
        code = row.get("code") if isinstance(row, dict) else None
        place = next((i for i, old in enumerate(result) if isinstance(old, dict) and old.get("code") == code), None)
        if code is None or (place is None and "remove" not in row):
            result.append(row)
        elif place is None:
            complaints.append(((*path, number), "要删掉的这一条，上一层文件里没有"))
        elif row.get("remove") is True:
            del result[place]
        else:
            result[place] = _tables(result[place], row, (*path, number), whole, complaints)
    return result


def doubles(raw: Any, path: Path = ()) -> Iterator[Complaint]:
    """Yield rows of one file that repeat a code of the same list: merging would hide the first of them."""
    if isinstance(raw, dict):
        for key, value in raw.items():
            yield from doubles(value, (*path, key))
    elif isinstance(raw, list):
        seen: set[str] = set()
        for number, row in enumerate(raw):
            code = row.get("code") if isinstance(row, dict) else None
            if isinstance(code, str):
                if code in seen:
                    yield (*path, number, "code"), f"代码 {code} 在这个清单里写了两次"
                seen.add(code)
            yield from doubles(row, (*path, number))
