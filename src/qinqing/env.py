"""The environment as one typed object: every setting with its default, unit and meaning; all mistakes told at once."""

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


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

    @property
    def is_demo(self) -> bool:
        """Say whether one-click demo sign-ins exist. Never true in production."""
        return self.mode == "demo"


env = Env()
