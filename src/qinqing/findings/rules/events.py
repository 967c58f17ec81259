"""What an event does to a finding, who may make it, and how late or simultaneous ones are settled.

One function, `judge`, decides for the desk and for the phones. The desk turns the first objection into a refusal; what a
phone sends is kept whatever it says, and the objections become flags (the field protocol: never refuse for content).
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta

from qinqing.findings.rules.sight import Effect, Happening, Objection, Sight
from qinqing.findings.words import SAFETY_ONLY, UNSETTLED, EventKind, Level, Standing, State

K, S, W = EventKind, State, Standing

_LEADS_TO: dict[EventKind, State] = {
    K.CLAIM: S.CLAIMED,
    K.PASS: S.PASSED,
    K.FAIL: S.FAILED,
    K.TRANSFER: S.TRANSFERRED,
    K.CLOSE: S.PASSED,
    K.REOPEN: S.REOPENED,
}
"""Where an event leaves the finding; kinds that are not here leave the state alone."""
STARTS: dict[EventKind, frozenset[State]] = {
    K.ADVISED: UNSETTLED,
    K.CLAIM: UNSETTLED - {S.CLAIMED},
    K.PASS: UNSETTLED,
    K.FAIL: UNSETTLED,
    K.TRANSFER: UNSETTLED - {S.TRANSFERRED},
    K.EXTEND: frozenset({S.OPEN, S.FAILED, S.REOPENED}),
    K.CLOSE: UNSETTLED,
    K.REOPEN: frozenset({S.PASSED}),
    K.JUDGE: UNSETTLED,
    K.SEEN_AGAIN: UNSETTLED,
}
"""From which states the desk may press it."""
REVIVES = frozenset({K.FAIL, K.REOPEN, K.SEEN_AGAIN})
"""Kinds that, made after it was closed, put a closed finding on the list again."""
_TOUCHES: dict[EventKind, frozenset[str]] = {
    K.ADVISED: frozenset({"advice"}),
    K.EXTEND: frozenset({"deadline"}),
    K.FAIL: frozenset({"state", "deadline"}),
    K.JUDGE: frozenset({"level", "deadline"}),
}
"""What an event is about, for telling whether two were made in parallel about the same; all others are about the state."""

_ON_THE_SPOT = frozenset({W.OFFICER, W.FINDER})
_MINOR: dict[EventKind, frozenset[Standing]] = {
    K.ADVISED: _ON_THE_SPOT,
    K.CLAIM: _ON_THE_SPOT | {W.FIRM},
    K.PASS: _ON_THE_SPOT,
    K.FAIL: _ON_THE_SPOT,
    K.TRANSFER: _ON_THE_SPOT,
    K.EXTEND: _ON_THE_SPOT,
    K.CLOSE: _ON_THE_SPOT | {W.SYSTEM},
    K.REOPEN: _ON_THE_SPOT | {W.SYSTEM},
    K.JUDGE: frozenset(),
    K.SEEN_AGAIN: _ON_THE_SPOT,
}
_SAFETYS: dict[EventKind, frozenset[Standing]] = {
    **dict.fromkeys(K, frozenset({W.SAFETY})),
    K.ADVISED: _ON_THE_SPOT | {W.SAFETY},
    K.CLAIM: _ON_THE_SPOT | {W.FIRM, W.SAFETY},
    K.TRANSFER: frozenset(),
    K.CLOSE: frozenset({W.SAFETY, W.SYSTEM}),
    K.REOPEN: frozenset({W.SAFETY, W.SYSTEM}),
    K.SEEN_AGAIN: _ON_THE_SPOT | {W.SAFETY},
}
NEEDS_TEXT = frozenset({K.ADVISED, K.CLAIM, K.PASS, K.FAIL, K.TRANSFER, K.EXTEND, K.CLOSE, K.REOPEN, K.JUDGE})
"""Kinds the desk wants words for."""


def may(kind: EventKind, sight: Sight, standing: Collection[Standing]) -> bool:
    """Say whether a person who stands so may make this event.

    Officers recheck and close what is 一般; 疑似重大, 重大 and what was handed over only the safety office.

    Source: 附2安-(5)b.
    """
    table = _SAFETYS if sight.is_safetys else _MINOR
    return bool(table[kind] & frozenset(standing))


def offers(sight: Sight, standing: Collection[Standing]) -> list[EventKind]:
    """Return what this person may do now, the most obvious first."""
    found = [kind for kind in _ORDER if sight.state in STARTS[kind] and may(kind, sight, standing)]
    if sight.extensions or sight.deadline is None:
        found = [kind for kind in found if kind is not K.EXTEND]
    if sight.level is Level.MINOR:
        found = [kind for kind in found if kind is not K.JUDGE]
    if sight.state is S.CLAIMED:
        return sorted(found, key=lambda kind: kind not in (K.PASS, K.FAIL))
    if sight.level is Level.GRAVE:
        return sorted(found, key=lambda kind: kind is not K.JUDGE)
    return found


_ORDER = (K.CLAIM, K.PASS, K.FAIL, K.REOPEN, K.ADVISED, K.EXTEND, K.TRANSFER, K.JUDGE, K.CLOSE)
"""The order of buttons; SEEN_AGAIN comes with a visit, not by a button."""


def judge(
    sight: Sight,
    given: Happening,
    standing: Collection[Standing],
    later: Iterable[tuple[int, EventKind]],
    *,
    today: date,
    longest: int,
) -> Effect:
    """Return what an event does.

    Args:
        sight: the finding as the server has it.
        given: the event.
        standing: how its author stands to the finding.
        later: (version, kind) of every event the finding has had.
        today: the day it is taken in.
        longest: days an extension may put the deadline off at most.

    The state is the later one in the server's order, except that what is closed is never undone by an older event: one
    made before the closing by somebody who had not seen it. An event whose author had not seen another about the same is
    parallel to it; both are shown as such.

    Source: 附2安-(5)b.
    """
    seen = given.base_version if given.base_version is not None else sight.version
    unseen = {kind for version, kind in later if version > seen}
    is_parallel = any(_touches(kind) & _touches(given.kind) for kind in unseen)
    objections = tuple(_objections(sight, given, frozenset(standing), today, longest))
    told = replace(sight, version=sight.version + 1)
    return Effect(told if objections else _after(told, given), is_parallel, objections)


def _touches(kind: EventKind) -> frozenset[str]:
    return _TOUCHES.get(kind, frozenset({"state"}))


def _objections(
    sight: Sight, given: Happening, standing: frozenset[Standing], today: date, longest: int
) -> Iterable[Objection]:
    kind = given.kind
    if not may(kind, sight, standing):
        yield Objection("not_his", _not_his(sight, kind), is_his=False)
        return
    if sight.is_settled and _is_older(sight, given):
        yield Objection("older_than_closing", "这条跟进早于销号，只留作记录，不改变已销号的状态。")
        return
    if sight.state not in STARTS[kind] and not (sight.is_settled and kind in REVIVES):
        yield Objection("out_of_step", f"现在是“{sight.state.label}”，“{kind.label}”不起作用，只留作记录。")
        return
    if kind is K.EXTEND:
        yield from _about_extension(sight, given, today, longest)
    if kind is K.FAIL and given.until is not None:
        yield from _about_extension(sight, given, today, longest)
    if kind is K.JUDGE:
        yield from _about_judgement(sight, given, today)


def _not_his(sight: Sight, kind: EventKind) -> str:
    if sight.level in SAFETY_ONLY:
        return f"{sight.level.label}隐患由综执安监办复查、销号，“{kind.label}”不由您的岗位办理。"
    if sight.is_transferred:
        return f"已移送综执安监办，“{kind.label}”由综执安监办办理。"
    return f"“{kind.label}”不由您的岗位办理。"


def _is_older(sight: Sight, given: Happening) -> bool:
    """Say whether an event was made before the finding was closed, by somebody who had not seen the closing."""
    saw_it = given.base_version is None or given.base_version >= sight.closed_version
    return not saw_it and sight.closed_made_at is not None and given.made_at < sight.closed_made_at


def _about_extension(sight: Sight, given: Happening, today: date, longest: int) -> Iterable[Objection]:
    """One extension, then transfer. Source: 附2安-(5)b."""
    if sight.extensions:
        yield Objection("extended_once", "已延期一次；到期仍未整改的，请移送综执安监办。", "until")
    elif given.until is None:
        yield Objection("until_missing", "请选择延到哪一天。", "until")
    elif given.until <= max(today, sight.deadline or today):
        yield Objection("until_past", "新的期限要晚于今天，也要晚于原来的期限。", "until")
    elif given.until > (limit := max(today, sight.deadline or today) + timedelta(days=longest)):
        yield Objection("until_too_far", f"最多延到{limit:%Y年%-m月%-d日}；还来不及的，请移送综执安监办。", "until")


def _about_judgement(sight: Sight, given: Happening, today: date) -> Iterable[Objection]:
    if sight.level is Level.MINOR:
        yield Objection("nothing_to_judge", "一般隐患不需要判定。")
    elif given.level not in (Level.MINOR, Level.MAJOR):
        yield Objection("level_missing", "请选择判定结果。", "level")
    elif given.until is not None and given.until < today:
        yield Objection("until_past", "整改期限不能早于今天。", "until")


def _after(sight: Sight, given: Happening) -> Sight:
    kind = given.kind
    state = _LEADS_TO.get(kind, sight.state)
    if kind is K.SEEN_AGAIN and sight.state in (S.CLAIMED, S.PASSED):
        state = S.FAILED if sight.state is S.CLAIMED else S.REOPENED
    found = replace(sight, state=state)
    if kind in (K.EXTEND, K.FAIL) and given.until is not None:
        found = replace(found, deadline=given.until, extensions=found.extensions + 1)
    if kind is K.TRANSFER:
        found = replace(found, is_transferred=True)
    if kind is K.JUDGE and given.level is not None:
        back = given.level is Level.MINOR
        found = replace(
            found,
            level=given.level,
            deadline=given.until or found.deadline,
            is_transferred=False if back else found.is_transferred,
        )
    if found.is_settled and not sight.is_settled:
        return replace(found, closed_made_at=given.made_at, closed_version=found.version)
    if not found.is_settled:
        return replace(found, closed_made_at=None, closed_version=0)
    return found
