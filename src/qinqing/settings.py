"""Django's settings: plain assignments; everything that differs between installations comes from `env`."""

from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

from qinqing import hosts, logs
from qinqing.env import env

BASE = Path(__file__).resolve().parent
DATA = env.data_dir.resolve()
IS_PRODUCTION = env.mode == "production"

DEBUG = False
SECRET_KEY = env.secret_key or f"{env.mode}-only-" + "不可用于正式环境" * 8
ALLOWED_HOSTS = [h.strip() for h in env.hosts.split(",") if h.strip()] or [
    "127.0.0.1",
    "localhost",
    "testserver",
    "[::1]",
]
ROOT_URLCONF = "qinqing.urls"
WSGI_APPLICATION = "qinqing.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "qinqing.workdays",
    "qinqing.ledger",
    "qinqing.plan",
    "qinqing.people",
    "qinqing.enterprises",
    "qinqing.grids",
    "qinqing.cases",
    "qinqing.consultations",
    "qinqing.environment",
    "qinqing.triage",
    "qinqing.checklists",
    "qinqing.evidence",
    "qinqing.findings",
    "qinqing.patrol",
    "qinqing.accidents",
    "qinqing.outreach",
    "qinqing.field",
    "qinqing.supervision",
    "qinqing.maps",
    "qinqing.campaigns",
    "qinqing.statistics",
    "qinqing.standings",
    "qinqing.documents",
    "qinqing.notices",
    "qinqing.api",
    "qinqing.web",
    "qinqing.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qinqing.web.gate.GateMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "qinqing.web.templatetags.parts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qinqing.web.shell.shell",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    """Turn DATABASE_URL into Django's terms; without one, a single SQLite file in the data directory."""
    if not env.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "qinqing.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;",
            },
        }
    url = urlparse(env.database_url)
    query = dict(pair.split("=", 1) for pair in url.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.get("host", "")) or url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that all processes count together; large, so that a flood cannot push out what it counts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sign-in: user name and password, then a one-time code for staff. No sign-up, nothing by e-mail.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["qinqing.web.account.backend.Backend"]
PASSWORD_HASHERS = ["qinqing.people.passwords.Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"qinqing.people.passwords.{name}Validator"}
    for name in ("Length", "Classes", "UserName", "Common", "History")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "qinqing.web.account.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "qinqing.web.account.forms.SignInForm",
    "reauthenticate": "qinqing.web.account.forms.AgainForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = True
# Wrong passwords are counted by people.signins; "login_failed" is left for wrong one-time codes, per account.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "5/15m/key", "reauthenticate": "10/m/user"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.proxies if IS_PRODUCTION else 0
MFA_ADAPTER = "qinqing.web.account.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "qinqing.web.account.forms.CodeForm",
    "activate_totp": "qinqing.web.account.forms.BindForm",
    "reauthenticate": "qinqing.web.account.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "亲清"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Sessions: the cookie outlives none of these limits; idle and absolute ones are kept by web.account.session.
SESSION_COOKIE_NAME = "__Host-qinqing" if env.https else "qinqing"
SESSION_COOKIE_AGE = 30 * 86_400
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if env.https else "csrf"
SECURE_SSL_REDIRECT = env.https
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION and env.proxies else None
SECURE_HSTS_SECONDS = 31_536_000 if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.https
X_FRAME_OPTIONS = "DENY"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS: list[str] = []
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "attachments"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not IS_PRODUCTION

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

_mail = urlparse(env.email_url)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if env.email_url else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.email_from or "qinqing@localhost"
BASE_URL = env.base_url.rstrip("/")
CHANNELS = env.open_channels
INSIDE_HOSTS = hosts.listed(env.inside_hosts)
GOV_URL, GOV_CORP, GOV_SECRET, GOV_AGENT = env.gov_url.rstrip("/"), env.gov_corp, env.gov_secret, env.gov_agent
SMS_URL, SMS_AUTHORIZATION, SMS_BODY, SMS_OK = env.sms_url, env.sms_authorization, env.sms_body, env.sms_ok

LOGGING = logs.config(level=env.log_level, as_json=IS_PRODUCTION)
