"""Forms of the field's pages."""

from qinqing.web.forms import Form, Line, Yes


class RevokeForm(Form):
    """Why a phone's credential ends, and whether the phone is to be emptied."""

    reason = Line("停用原因", 200, placeholder="例如：手机遗失、人员离岗、换了手机")
    wipe = Yes("同时清除手机上的资料", help_text="手机下次联系时清除；没传完的先传完，不会丢。")


class NoteForm(Form):
    """What was done."""

    note = Line("处理情况", 500, placeholder="例如：已电话核实，情况属实")
