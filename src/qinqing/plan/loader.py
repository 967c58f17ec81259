"""Reading a plan's file: TOML, `extends`, form, checks, canonical text and digest. All mistakes are told at once."""

import hashlib
import json
import math
import re
import stat
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path as File
from typing import Any, TypeVar

from pydantic import ValidationError

from qinqing.plan import checks, demo_spec
from qinqing.plan.demo_spec import DemoSpec
from qinqing.plan.form import Form
from qinqing.plan.merge import Complaint, Raw, doubles, merged
from qinqing.plan.mistakes import ROW_NAMES, Path, PlanMistake, PlanRefused, key_of, row_of, saying
from qinqing.plan.spec import Plan

F = TypeVar("F", bound=Form)

_LARGEST_BYTES = 2_000_000
_DEEPEST = 12
_WHERE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read, before merging."""

    name: str
    raw: Raw


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan that passed every check.

    Attributes:
        plan: the rules.
        body: canonical JSON of the plan: what is stored and what the digest is of.
        digest: SHA-256 of the body, hex.
        demo: invented people and firms, if the file has any; no part of the digest.
    """

    plan: Plan
    body: str
    digest: str
    demo: DemoSpec | None = None


def read(path: File | str) -> Reading:
    """Return the plan in a file, with the files it extends beneath it.

    Raises:
        PlanRefused: with every mistake found.
    """
    return _reading(_sources(File(path)))


def parse(text: str, *, name: str = "方案") -> Reading:
    """Return the plan in a text; `extends` needs a file beside it and is refused here.

    Raises:
        PlanRefused: with every mistake found.
    """
    raw = _toml(text, name)
    if "extends" in raw:
        raise PlanRefused([PlanMistake(name, "extends", "", "文字形式的方案不能引用别的文件，请改用文件")])
    return _reading([Source(name, raw)])


def of_plan(plan: Plan) -> Reading:
    """Return a plan built in memory, checked like a file: towns that are made up by a program.

    Raises:
        PlanRefused: with every mistake found.
    """
    return _reading([Source("方案", plan.model_dump(mode="json", by_alias=True))])


def stored(body: str) -> Plan:
    """Return the plan of a stored version. Keys that a later release dropped are ignored: old versions stay readable."""
    return Plan.model_validate_json(body, extra="ignore")


def digest_of(body: str) -> str:
    """Return the digest of a canonical body, hex SHA-256."""
    return hashlib.sha256(body.encode()).hexdigest()


def _sources(file: File) -> list[Source]:
    """Return the file and, after it, what it extends, its base, and so on."""
    sources: list[Source] = []
    seen: list[File] = []
    while True:
        name = str(file)
        sources.append(Source(name, _toml(_text(file, name, sources), name)))
        seen.append(file.resolve())
        if "extends" not in sources[-1].raw:
            return sources
        base = sources[-1].raw["extends"]
        if not isinstance(base, str) or not base.strip() or "\0" in base:
            raise PlanRefused([PlanMistake(name, "extends", "", '应为另一个方案文件的名称，例如 "menghe.toml"')])
        file = file.parent / base
        if file.resolve() in seen:
            raise PlanRefused([PlanMistake(name, "extends", "", f"“{base}”又引用回来，成了一个圈")])


def _text(file: File, name: str, sources: Sequence[Source]) -> str:
    """Return a file's text, or refuse in the name of whoever asked for it."""
    asked_by, key = (sources[-1].name, "extends") if sources else (name, "")
    try:
        # A pipe or a device has no end and no size: reading it might never return.
        if not stat.S_ISREG((found := file.stat()).st_mode):
            raise OSError("not a file")
        if found.st_size > _LARGEST_BYTES:
            raise PlanRefused([PlanMistake(asked_by, key, "", f"{file} 太大，方案文件不会超过2MB")])
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problem = "没有这个文件"
    except UnicodeDecodeError:
        problem = "不是 UTF-8 文字，请用 UTF-8 编码另存"
    except (OSError, ValueError):
        problem = "读不了（不是普通文件，或没有权限）"
    raise PlanRefused([PlanMistake(asked_by, key, "", f"{file}：{problem}" if key else problem)])


def _toml(text: str, name: str) -> Raw:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as fault:
        found = _WHERE.search(str(fault))
        where = f"第{found[1]}行第{found[2]}列附近" if found and found[1] else "文件末尾"
        hint = (
            "同一项写了两次"
            if "overwrite" in str(fault) or "twice" in str(fault)
            else "写法不对：检查引号、方括号、逗号是否成对"
        )
        raise PlanRefused([PlanMistake(name, "", "", f"{where}{hint}")]) from None
    except RecursionError:
        raise PlanRefused([PlanMistake(name, "", "", "括号套得太深，不是方案文件")]) from None


def _reading(sources: Sequence[Source]) -> Reading:
    """Merge from the lowest base upwards, check everything, and only then build the plan."""
    mistakes: list[PlanMistake] = []
    for source in sources:
        # Where no value can be told from a wrong one, nothing else is worth saying about this file.
        found = list(_not_json(source.raw)) or list(doubles(source.raw))
        mistakes += [_mistake([source], source.raw, path, text) for path, text in found]
    if mistakes:
        raise PlanRefused(mistakes)
    raw = sources[-1].raw
    if "replace" in raw:
        mistakes.append(PlanMistake(sources[-1].name, "replace", "", "只有写了 extends 的文件才能用"))
        raw = {key: value for key, value in raw.items() if key != "replace"}
    for source in reversed(sources[:-1]):
        raw, complaints = merged(raw, source.raw)
        mistakes += [_mistake([source], source.raw, path, text) for path, text in complaints]
    rules = {key: value for key, value in raw.items() if key != "demo"}
    plan, faults = _built(Plan, rules, "")
    faults += checks.complaints(rules)
    demo = None
    if "demo" in raw:
        demo, more = _built(DemoSpec, raw["demo"], "demo")
        faults += [*more, *demo_spec.complaints(raw)]
    mistakes += [_mistake(sources, raw, path, text) for path, text in _once(faults)]
    if mistakes or plan is None:
        raise PlanRefused(mistakes)
    body = json.dumps(
        plan.model_dump(mode="json", by_alias=True), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return Reading(plan, body, digest_of(body), demo)


def _built(form: type[F], raw: Any, prefix: str) -> tuple[F | None, list[Complaint]]:
    """Return the form filled in, or what does not fit. Through JSON: there a list is a tuple and a word an enum."""
    try:
        return form.model_validate_json(json.dumps(raw)), []
    except ValidationError as fault:
        known = {field.alias or key for kind in _forms(Form) for key, field in kind.model_fields.items()}
        start: Path = (prefix,) if prefix else ()
        return None, [((*start, *error["loc"]), saying(error, known)) for error in fault.errors(include_url=False)]


def _forms(form: type[Form]) -> Iterator[type[Form]]:
    yield form
    for kind in form.__subclasses__():
        yield from _forms(kind)


def _not_json(raw: Any, path: Path = ()) -> Iterator[Complaint]:
    """Yield what TOML allows and a plan does not: moments without quotes, infinities, tables within tables without end."""
    if len(path) > _DEEPEST:
        yield path[:3], "套得太深，不是方案里的写法"
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from _not_json(value, (*path, key))
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _not_json(value, (*path, number))
    elif isinstance(raw, date | datetime | time):
        yield path, f'日期和时刻要加引号，例如 "{raw:%H:%M}"' if isinstance(raw, time) else "日期要加引号"
    elif isinstance(raw, float) and not math.isfinite(raw):
        yield path, "应为整数"


def _once(complaints: Iterable[Complaint]) -> list[Complaint]:
    return list(dict.fromkeys(complaints))


def _mistake(sources: Sequence[Source], raw: Raw, path: Path, expected: str) -> PlanMistake:
    """Name the file to edit: the uppermost one that says something about this very place, else about what holds it."""
    names = _names(raw, path)
    for length in range(len(names), -1, -1):
        for source in sources:
            if _holds(source.raw, names[:length]):
                return PlanMistake(source.name, key_of(path), row_of(raw, path), expected)
    return PlanMistake(sources[0].name, key_of(path), row_of(raw, path), expected)


def _names(raw: Any, path: Path) -> Path:
    """Return the path with rows named by their code, as numbers shift when files are merged."""
    names: list[str | int] = []
    for part in path:
        try:
            raw = raw[part]
        except (KeyError, IndexError, TypeError):
            raw = None
        row = (
            next((raw[key] for key in ROW_NAMES if isinstance(raw.get(key), str)), part)
            if isinstance(raw, dict)
            else part
        )
        names.append(row if isinstance(part, int) else part)
    return tuple(names)


def _holds(raw: Any, names: Path) -> bool:
    for name in names:
        if isinstance(raw, list):
            found = [row for row in raw if isinstance(row, dict) and name in [row.get(key) for key in ROW_NAMES]]
            if found:
                raw = found[0]
            elif isinstance(name, int) and name < len(raw):
                raw = raw[name]
            else:
                return False
        elif isinstance(raw, dict) and name in raw:
            raw = raw[name]
        else:
            return False
    return True
