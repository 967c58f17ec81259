"""Words of the notices: who is meant, by which channel, how far it came."""

from qinqing.kernel.choices import Words


class Party(Words):
    """A rule for who is told, resolved when the entry is read."""

    HUB = "hub", "中转站"
    OFFICES = "offices", "有关单位"
    PEOPLE = "people", "有关人员"
    HANDLER = "handler", "经办人"
    ENTERPRISE = "enterprise", "企业联系人"
    SUBMITTER = "submitter", "提交人"
    FIRST_ASKED = "first_asked", "首问责任人"
    OFFICER = "officer", "主责网格员"
    DEPUTY = "deputy", "B角网格员"
    LEADERS = "leaders", "分管与蹲点领导"
    COPIES = "copies", "抄送"


class Channel(Words):
    """How a notice travels beside the inbox."""

    EMAIL = "email", "电子邮件"
    SMS = "sms", "短信"
    GOV = "gov", "政务微信"
    WECOM = "wecom", "企业微信群机器人"
    DINGTALK = "dingtalk", "钉钉群机器人"
    FEISHU = "feishu", "飞书群机器人"


ROBOTS = (Channel.WECOM, Channel.DINGTALK, Channel.FEISHU)
"""Channels that speak to an office's group; the others reach one person, if he wants them."""


class Delivery(Words):
    """How far a delivery came."""

    QUEUED = "queued", "待发"
    SENT = "sent", "已发"
    FAILED = "failed", "未发出"


class Pace(Words):
    """How soon a notice leaves the house."""

    URGENT = "urgent", "随时"
    PROMPT = "prompt", "当即，夜里除外"
    DIGEST = "digest", "早上一封"
