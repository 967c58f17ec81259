"""Rows change in actions only, and every action tells the ledger who did it and when."""

from tests.repo import tree, writing

# Files outside actions that change rows, and why they may.
WRITES_ELSEWHERE: dict[str, str] = {
    "src/qinqing/people/signins.py": "the access log: attempts come from anybody, have no actor, and are deleted after years",
}

# Actions that leave no entry, and why.
SILENT: dict[str, str] = {
    "ledger.record": "it is the ledger",
    "ledger.seal": "a seal is the ledger's own entry about itself",
    "ledger.hold": "it only waits for its turn",
    "field.touch": "that a phone was heard of is no fact of the mechanism; what it says is",
    "cases.keep": "a saved view is a person's own convenience; nothing of the mechanism changes",
    "cases.drop": "as above",
    "evidence.receive_upload": "hangs on nothing yet: the action that uses the file tells of it",
    "evidence.claim": "a step of the action that uses the file, which tells of it",
    "evidence.publish": "a step of the action that publishes what the file belongs to",
    "evidence.expect": "a step of storing a record of the field",
    "evidence.note": "one piece of many; the receipt tells of the whole, with its digest",
    "outreach.mark_messages_read": "that somebody opened his messages is his own affair",
    "statistics.count": "sums of what the ledger holds, which they can be counted from again at any time",
    "statistics.count_town": "as above",
    "statistics.rebuild": "as above",
    "triage.learn": "what a machine learnt is no fact of the mechanism; its row says when, by whom and from what",
    "triage.judge": "as above: it only counts how often a suggestion was right",
    "workdays.import_notice": "the calendar lies below the ledger; each imported notice stays as a row with its digest",
}

# Actions of the system itself: there is no one actor to be given, and why.
OF_THE_SYSTEM: dict[str, str] = {
    "findings.follow": "reads every town's book on, as the system of that town",
    "findings.settle_reports": "reports for the officers who found it, in every town",
    "findings.orphan_held": "a daily chore over every town, as the system of that town",
    "statistics.count": "reads every town's book on; the figures are nobody's doing",
    "triage.judge": "a nightly chore over every town",
    "supervision.remind": "a daily chore over every town, as the system of that town",
    "supervision.climb": "as above",
    "field.give_up_waiting": "a daily chore over every town, each record in the name of who sent it",
    "patrol.open_duties": "lays out what every town's firms are owed, as the system of that town, by the clock",
    "cases.recompute_deadlines": "acts in every town at once, as the system of that town, in the name of who imported",
}

# Folders that read the ledger and keep only how far they came and what they sent.
READERS: dict[str, str] = {
    "notices": "an entry about each entry read would never end; what was sent to whom stays in its own rows",
}


class TestWrites:
    def test_live_in_actions(self) -> None:
        found = [
            f"{tree.name(path)}:{line}"
            for path in tree.python_files()
            if not writing.is_action_file(path) and tree.name(path) not in WRITES_ELSEWHERE
            for line in writing.writes_in(path)
        ]
        assert not found, "move the change into that noun's actions"

    def test_exceptions_are_still_needed(self) -> None:
        idle = [name for name in WRITES_ELSEWHERE if not writing.writes_in(tree.ROOT / name)]
        assert not idle


class TestActions:
    def test_there_are_some(self) -> None:
        assert len(_actions()) > 10

    def test_each_tells_the_ledger(self) -> None:
        mute = {one.title for one in _actions() if not writing.reaches(one, "records")}
        assert mute <= set(SILENT), "call ledger.actions.record in the same transaction"

    def test_exceptions_are_still_needed(self) -> None:
        every = {one.title: one for group in writing.action_functions().values() for one in group}
        idle = [name for name in SILENT if name not in every or writing.reaches(every[name], "records")]
        assert not idle

    def test_who_and_when_are_given_by_name(self) -> None:
        bare = [
            f"{tree.name(one.path)}:{one.node.lineno} {one.name}"
            for one in _actions()
            if one.title not in SILENT and not _wanted(one) <= one.asked_by_keyword
        ]
        assert not bare


def _actions() -> list[writing.Function]:
    return [one for one in writing.actions() if one.noun not in READERS]


def _wanted(action: writing.Function) -> set[str]:
    return {"at"} if action.title in OF_THE_SYSTEM else {"by", "at"}
