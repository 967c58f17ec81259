"""Forms of the channels."""

from django import forms

from qinqing.notices.channels import is_on
from qinqing.notices.words import ROBOTS, Channel


class ChoiceForm(forms.Form):
    """By which channels a person is told as well; those that are not switched on are not asked for."""

    email = forms.BooleanField(label="电子邮件", required=False)
    sms = forms.BooleanField(label="短信", required=False)
    phone = forms.CharField(
        label="手机号",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    gov = forms.BooleanField(label="政务微信", required=False)
    gov_id = forms.CharField(
        label="政务微信账号", max_length=64, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: object, phone_mask: str = "", email: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"].help_text = f"发到 {email}" if email else "您的账号还没有邮箱，请系统管理员补上。"
        kept = f"现在是 {phone_mask}，不改就留空；" if phone_mask else ""
        self.fields["phone"].help_text = f"{kept}加密保存，只用于发提醒。"
        for channel, names in ((Channel.SMS, ("sms", "phone")), (Channel.GOV, ("gov", "gov_id"))):
            if not is_on(channel):
                for name in names:
                    del self.fields[name]


class RobotForm(forms.Form):
    """The address of a group's robot."""

    channel = forms.ChoiceField(label="哪一种", error_messages={"required": "请选择哪一种群机器人。"})
    url = forms.CharField(
        label="机器人网址",
        max_length=500,
        help_text="在群设置里添加机器人后整条复制。谁有这个网址谁就能在群里发言，因此加密保存，不再显示。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        error_messages={"required": "请粘贴机器人的网址。", "max_length": "网址太长。"},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        shown = [(channel.value, channel.label) for channel in ROBOTS if is_on(channel)]
        self.fields["channel"].choices = shown  # type: ignore[attr-defined]
