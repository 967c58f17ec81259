"""The environment as one typed object: every setting with its default, unit and meaning; all mistakes told at once."""

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from qinqing import hosts

CHANNELS = frozenset({"sms", "gov", "wecom", "dingtalk", "feishu"})
"""What may be switched on; the words and the way of each are in `notices`."""
_NEEDED = {"gov": ("gov_url", "gov_corp", "gov_secret", "gov_agent"), "sms": ("sms_url",)}


class Env(BaseSettings):
    """Read from variables prefixed QINQING_ (and DATABASE_URL), or from a .env file beside the working directory."""

    model_config = SettingsConfigDict(env_prefix="QINQING_", env_file=".env", extra="ignore", secrets_dir=None)

    mode: Literal["production", "demo", "test"] = Field(
        "production", description="production 正式；demo 演示（带一键登录，绝不可用于正式环境）；test 测试"
    )
    secret_key: str = Field("", description="签名密钥，至少50个字符；正式环境必填")
    field_keys: str = Field(
        "", description="手机号等字段的加密密钥，形如 k1:BASE64，多个用逗号分隔，第一个用于加密；正式环境必填"
    )
    hosts: str = Field("", description="允许的访问域名，逗号分隔；正式环境必填")
    database_url: str = Field(
        "", validation_alias="DATABASE_URL", description="postgresql://用户:密码@主机:端口/库；留空用内置 SQLite"
    )
    data_dir: Path = Field(Path("var"), description="SQLite 数据库与附件所在目录")
    require_totp: bool = Field(True, description="工作人员登录是否必须第二因素（动态口令）")
    https: bool = Field(True, description="是否经 HTTPS 访问（安全 Cookie、HSTS）")
    idle_minutes: int = Field(15, ge=1, description="工作人员无操作多少分钟后需重新登录")
    session_hours: int = Field(8, ge=1, description="一次登录最长多少小时")
    one_session: bool = Field(False, description="同一工作人员账号是否只允许在一处登录（后登录的挤掉先登录的）")
    password_days: int = Field(90, ge=0, description="工作人员密码用满多少天须更换；0 为不限")
    proxies: int = Field(
        1, ge=0, le=5, description="正式环境中，请求到达本程序前经过几层反向代理（nginx、负载均衡）；0 为直接访问"
    )
    email_url: str = Field("", description="smtp://用户:密码@主机:端口；留空则不发邮件")
    email_from: str = Field("", description="发件人地址")
    channels: str = Field(
        "",
        description="开通哪些站外渠道，逗号分隔：sms 短信、gov 政务微信、wecom 企业微信群机器人、"
        "dingtalk 钉钉群机器人、feishu 飞书群机器人；留空则全部不开（电子邮件另由 QINQING_EMAIL_URL 开通）",
    )
    inside_hosts: str = Field(
        "",
        description="允许发往的内网主机（主机名或地址，可带端口），逗号分隔；只列私有部署的政务微信、短信网关等，其余内网地址一律拒绝",
    )
    gov_url: str = Field("", description="私有部署的政务微信（或企业微信）接口网址，如 https://zwwx.example.gov.cn")
    gov_corp: str = Field("", description="政务微信的 corpid")
    gov_secret: str = Field("", description="政务微信应用的 secret")
    gov_agent: str = Field("", description="政务微信应用的 agentid")
    sms_url: str = Field("", description="短信网关的 HTTP 接口网址；以 JSON 提交")
    sms_authorization: str = Field("", description="提交短信时的 Authorization 头，按网关要求填写；不需要则留空")
    sms_body: str = Field(
        '{"mobile": "{phone}", "content": "{text}"}',
        description="提交给短信网关的 JSON；{phone} 换成手机号，{text} 换成内容（只有编号和链接）",
    )
    sms_ok: str = Field("code=0", description="网关的应答怎样才算成功：字段=值，字段可用点号往下写，如 result.code=0")
    base_url: str = Field("http://127.0.0.1:8000", description="对外网址，用于二维码与邮件里的链接")
    field_worker: bool = Field(
        True, description="网格员手机端是否离线可用；出了问题设为 false，手机下次联网就撤掉离线缓存，记录不受影响"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="日志级别")

    @model_validator(mode="after")
    def _production_is_complete(self) -> "Env":
        if self.mode == "production":
            missing = [
                name
                for name, ok in (
                    ("QINQING_SECRET_KEY（至少50个字符）", len(self.secret_key) >= 50),
                    ("QINQING_FIELD_KEYS", bool(self.field_keys)),
                    ("QINQING_HOSTS", bool(self.hosts)),
                )
                if not ok
            ]
            if missing:
                raise ValueError(
                    "正式环境缺少设置：" + "、".join(missing) + "。只想试用请设 QINQING_MODE=demo（make run 已设好）。"
                )
        return self

    @model_validator(mode="after")
    def _channels_are_complete(self) -> "Env":
        wrong = channel_troubles(self)
        if wrong:
            raise ValueError("站外渠道的设置不对：" + "；".join(wrong))
        return self

    @property
    def open_channels(self) -> frozenset[str]:
        """Return the codes of the channels that are switched on."""
        return hosts.listed(self.channels)

    @property
    def is_demo(self) -> bool:
        """Say whether one-click demo sign-ins exist. Never true in production."""
        return self.mode == "demo"


def channel_troubles(given: Env) -> list[str]:
    """Return what is wrong with the settings of the channels that are switched on, a sentence each."""
    on = given.open_channels
    wrong = [f"没有“{name}”这个渠道" for name in sorted(on - CHANNELS)]
    for name, needed in _NEEDED.items():
        if name in on:
            wrong += [f"开通 {name} 须填 QINQING_{key.upper()}" for key in needed if not getattr(given, key)]
            url = getattr(given, f"{name}_url")
            trouble = hosts.trouble_with(url, inside_hosts=hosts.listed(given.inside_hosts)) if url else ""
            wrong += [f"QINQING_{name.upper()}_URL：{trouble.rstrip('。')}"] if trouble else []
    if "sms" in on:
        try:
            body = json.loads(given.sms_body)
        except ValueError:
            body = None
        if not isinstance(body, dict) or "{phone}" not in given.sms_body or "{text}" not in given.sms_body:
            wrong.append("QINQING_SMS_BODY 须是含 {phone} 和 {text} 的 JSON 对象")
        if not all(part.strip() for part in given.sms_ok.partition("=")):
            wrong.append("QINQING_SMS_OK 须写成 字段=值")
    return wrong


env = Env()
