"""One door for every press on a case that exists: the pages, the API and the tests' random walk come through here."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from qinqing.cases.actions import closing, dispatch, instructions, intake, limits, oversight, problems, upward, work
from qinqing.cases.lifecycle import BY_VERB
from qinqing.cases.models import Case
from qinqing.cases.words import Verb
from qinqing.kernel.actor import Actor

ACTIONS: dict[Verb, Callable[..., Case]] = {
    Verb.ACCEPT: intake.accept,
    Verb.ASK: intake.ask,
    Verb.SUPPLY: intake.supply,
    Verb.DECLINE: intake.decline,
    Verb.MERGE: intake.merge,
    Verb.HAND: dispatch.hand_to_community,
    Verb.FORWARD: dispatch.forward,
    Verb.CONVENE: dispatch.convene,
    Verb.RECORD_OPINION: dispatch.record_opinion,
    Verb.SIGN: work.sign,
    Verb.NAME_HANDLER: work.name_handler,
    Verb.PROGRESS: work.progress,
    Verb.RETURN: work.return_,
    Verb.ACCEPT_RETURN: work.accept_return,
    Verb.OVERRULE_RETURN: work.overrule_return,
    Verb.ASK_CONSULTATION: work.ask_consultation,
    Verb.SUBMIT_UPWARD: upward.submit_upward,
    Verb.UPWARD_PROGRESS: upward.upward_progress,
    Verb.UPWARD_ANSWER: upward.upward_answer,
    Verb.ASK_EXTENSION: limits.ask_extension,
    Verb.GRANT_EXTENSION: limits.grant_extension,
    Verb.REFUSE_EXTENSION: limits.refuse_extension,
    Verb.ASK_SUSPENSION: limits.ask_suspension,
    Verb.SUSPEND: limits.suspend,
    Verb.REFUSE_SUSPENSION: limits.refuse_suspension,
    Verb.STAGE_REPLY: limits.stage_reply,
    Verb.RESUME: limits.resume,
    Verb.PUBLISH: problems.publish,
    Verb.RECTIFY: problems.rectify,
    Verb.RECHECK: problems.recheck,
    Verb.LOOK_BACK: problems.look_back,
    Verb.COMPLETE: work.complete,
    Verb.FINISH: closing.finish,
    Verb.REGISTER: closing.register,
    Verb.SEND_BACK: closing.send_back,
    Verb.RATE: closing.rate,
    Verb.DISMISS_RATING: closing.dismiss_rating,
    Verb.REOPEN: closing.reopen,
    Verb.WRITE_OFF: closing.write_off,
    Verb.URGE: oversight.urge,
    Verb.SUPERVISE: oversight.supervise,
    Verb.ANSWER_URGE: oversight.answer_urge,
    Verb.CANCEL_ORDER: oversight.cancel_order,
    Verb.MARK_KEY: oversight.mark_key,
    Verb.INSTRUCT: instructions.instruct,
    Verb.ANSWER_INSTRUCTION: instructions.answer_instruction,
    Verb.WITHDRAW: closing.withdraw,
}


def press(
    verb: Verb, case_id: int, *, by: Actor, at: datetime, values: Mapping[str, Any], task_id: int | None = None
) -> Case:
    """Do one press with the answers its row of the lifecycle table asks for.

    Args:
        values: one value per need of the row, by name, in the types `needs.Ask` says. Others are ignored.

    Raises:
        Refused and its kin: whatever the action says. KeyError: a verb that is no press (提交, 重算期限, 查看投诉人).
    """
    step = BY_VERB[verb]
    given = {need.name: values[need.name] for need in step.needs if need.name in values}
    if step.task and task_id is not None:
        given["task_id"] = task_id
    return ACTIONS[verb](case_id, by=by, at=at, **given)
