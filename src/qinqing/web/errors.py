"""Pages for when it does not go on: in 中文, saying what happened, whether anything was lost, and where to go now."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class Fault(NamedTuple):
    """What one status says: a heading, what happened, and what to do."""

    title: str
    sentence: str
    way_on: str


FAULTS = {
    400: Fault(
        "这个地址不完整", "地址或提交的内容有认不出的字符，系统没有做任何改动。", "请从菜单重新进入，不要手工改地址。"
    ),
    403: Fault(
        "这件事不由您的岗位办理",
        "您没有这一页的权限，系统没有做任何改动。",
        "需要时请找有权限的同事，或换一个岗位再试。",
    ),
    404: Fault("没有找到", "这一页不存在，或不在您的查看范围内。", "请从菜单进入，或用编号搜索。"),
    405: Fault("请从页面上的按钮操作", "这个地址不能直接打开。", "请返回上一页再按一次按钮。"),
    409: Fault("已有人先一步办理", "这件事刚刚有了变化，您的这一次没有生效。", "请返回刷新，看看最新情况再办。"),
    413: Fault(
        "提交的内容太大", "一次提交超过了系统能接收的大小，没有保存。", "请返回上一页，减少或压缩附件后再提交。"
    ),
    422: Fault("这一步没有办成", "系统没有做任何改动。", "请返回上一页，改好后再提交。"),
    429: Fault("操作太频繁", "为保护系统，请稍等片刻。", "请过一两分钟再试，已填写的内容可先复制保存。"),
    500: Fault(
        "系统出了问题",
        "这不是您的操作造成的。刚才那一步没有保存，已有的数据不受影响。",
        "请稍后再试；反复出现请告诉系统管理员。",
    ),
    503: Fault("系统正在维护", "很快恢复，已有的数据不受影响。", "请几分钟后再试。"),
}


def words_of(status: int) -> str:
    """Return one sentence for a status, for the live region of a page that stays."""
    fault = _fault(status)
    return f"{fault.title}：{fault.sentence}{fault.way_on}"


def page(request: HttpRequest, status: int, sentence: str = "") -> HttpResponse:
    """Return the page for a status; `sentence` says what happened in the words of the refusal."""
    fault = _fault(status)
    context = {"fault": fault, "sentence": sentence or fault.sentence, "status": status}
    return render(request, "fault.html", context, status=status)


def _fault(status: int) -> Fault:
    return FAULTS.get(status) or FAULTS[500 if status >= 500 else 400]
