"""Every setting of the office, read from the environment; each default works on one machine alone."""

import hashlib
import hmac
import os
import secrets
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def env_text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points at, or the default."""
    secret_file = os.environ.get(f"{name}_FILE")
    if secret_file:
        return Path(secret_file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_flag(name: str, default: bool = False) -> bool:
    return env_text(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in env_text(name, default).split(",") if part.strip()]


def read_or_make_key(path: Path) -> bytes:
    """The office's master key: kept beside the data folder, never inside it, readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def database(url: str, home: Path) -> dict:
    """A Django DATABASES entry from postgres://user:word@host:port/name, or SQLite in the data folder."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": home / "office.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what was acknowledged outlives a power cut. NORMAL would lose the last moments.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"DATABASE_URL must begin with postgres://, not {parts.scheme}://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_HEALTH_CHECKS": True,
    }


def queue(url: str) -> str:
    """The address of the Redis that announces jobs; an empty string where the database is asked instead."""
    if url and urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(
            f"QUEUE_URL must begin with redis:// or rediss://, not {urlsplit(url).scheme}://"
        )
    return url


def storage(url: str) -> str:
    """The address of the bucket that holds the files; an empty string where the data folder does."""
    if url and (urlsplit(url).scheme != "s3" or not urlsplit(url).netloc):
        raise ImproperlyConfigured(
            "STORAGE_URL must name a bucket, as s3://bucket?endpoint=https://store.example&region=eu-west-2"
        )
    return url


def scanner(url: str) -> str:
    """The address of the ClamAV daemon that looks at what comes from outside; an empty string where none does."""
    parts = urlsplit(url)
    if url and not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
        raise ImproperlyConfigured("CLAMAV_URL must be tcp://host:3310 or unix:///path/of/the/socket")
    return url


def outside_door(issuer: str, client: str, secret: str, number: str) -> dict:
    """allauth's providers: the force's own, or none where no issuer is named."""
    if not issuer:
        return {}
    # Where a number of the provider's own counts (Entra's `oid`), it stands in the signed token alone.
    said = {"server_url": issuer.rstrip("/"), "uid_field": number, "fetch_userinfo": number == "sub"}
    app = {"provider_id": "force", "name": "your force account", "client_id": client, "secret": secret}
    return {"openid_connect": {"APPS": [{**app, "settings": said}], "OAUTH_PKCE_ENABLED": True}}


def is_of_this_machine(url: str) -> bool:
    """Whether an address leads to this machine alone, and no other can reach it."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def origin_of(url: str) -> str:
    return f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"


# Where the data lives, and the key that everything secret is derived from.
HOME = Path(env_text("PRIVATE_OFFICE_HOME", "var")).resolve()
KEY_FILE = Path(env_text("PRIVATE_OFFICE_KEY_FILE", f"{HOME}.key"))
_MASTER_KEY = read_or_make_key(KEY_FILE)


def derived_key(purpose: str) -> bytes:
    """A key of its own for each purpose, so that one leaking tells nothing of the others."""
    return hmac.new(_MASTER_KEY, purpose.encode(), hashlib.sha256).digest()


SECRET_KEY = derived_key("django").hex()
AUDIT_KEY = derived_key("audit")
BACKUP_KEY = derived_key("backup")
FILES_DIR = HOME / "files"
OUTBOX_DIR = HOME / "outbox"
MAILDIRS_DIR = HOME / "maildirs"

# Files of several machines: a bucket of an S3-style store in the place of the folder. See docs/how-to.
STORAGE_URL = storage(env_text("STORAGE_URL"))
STORAGE_BACKEND = "privateoffice.connectors.storage.bucket.Bucket"
STORAGE_KEY_ID = env_text("STORAGE_KEY_ID")
STORAGE_SECRET = env_text("STORAGE_SECRET")

# The ClamAV daemon by which uploads and mail are looked at for viruses.
CLAMAV_URL = scanner(env_text("CLAMAV_URL"))
SCANNER = "privateoffice.connectors.scanning.clamd.Clamd"

# The public https address of notifications/microsoft-365/, where Microsoft 365 says that mail changed; or off.
GRAPH_NOTIFICATIONS_URL = env_text("GRAPH_NOTIFICATIONS_URL")

# Pictures on other machines that a mail names: fetched by the office when somebody asks, or never.
# Places of this machine (host:port) are asked in trials only; no other private address ever is.
FETCHES_PICTURES = env_flag("PRIVATE_OFFICE_PICTURES", True)
PICTURES_BESIDE = env_list("PRIVATE_OFFICE_PICTURES_BESIDE")

DEBUG = env_flag("PRIVATE_OFFICE_DEBUG")
ALLOWED_HOSTS = env_list("PRIVATE_OFFICE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("PRIVATE_OFFICE_ORIGINS")
SITE_URL = env_text("PRIVATE_OFFICE_URL", "http://localhost:8000").rstrip("/")
IS_SERVED_SECURELY = SITE_URL.startswith("https://")
ALLOWS_SAMPLE_SIGN_IN = env_flag("PRIVATE_OFFICE_SAMPLE_SIGN_IN", True)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "privateoffice.foundations.ui",  # Before allauth: its pages wear our templates.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "privateoffice.foundations.clock",
    "privateoffice.foundations.audit",
    "privateoffice.foundations.offices",
    "privateoffice.foundations.records",
    "privateoffice.foundations.jobs",
    "privateoffice.foundations.once",
    "privateoffice.foundations.printing",
    "privateoffice.foundations.keeping",
    "privateoffice.foundations.scanning",
    "privateoffice.connectors.mail",
    "privateoffice.connectors.calendars",
    "privateoffice.connectors.sheets",
    "privateoffice.connectors.papers",
    "privateoffice.spine.approvals",
    "privateoffice.spine.deliveries",
    "privateoffice.spine.mailboxes",
    "privateoffice.spine.documents",
    "privateoffice.spine.actions",
    "privateoffice.spine.correspondence",
    "privateoffice.spine.diary",
    "privateoffice.spine.letters",
    "privateoffice.rooms.enquiries",
    "privateoffice.rooms.following",
    "privateoffice.rooms.rotas",
    "privateoffice.desk.today",
    "privateoffice.desk.search",
    "privateoffice.desk.timeline",
    "privateoffice.desk.retention",
    "privateoffice.desk.daypack",
    "privateoffice.desk.ledger",
    "privateoffice.desk.handover",
    "privateoffice.desk.administration",
    "privateoffice.program",
    # Last: it opens every room.py above, checks what they declare, and closes.
    "privateoffice.foundations.registry",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "privateoffice.foundations.ui.headers.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "privateoffice.foundations.offices.door.DoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "privateoffice.foundations.offices.lasting.LastingMiddleware",
    "privateoffice.foundations.offices.factors.FactorMiddleware",
    "privateoffice.foundations.offices.edge.ScopeMiddleware",
    "privateoffice.foundations.offices.confirming.ConfirmMiddleware",
    "privateoffice.foundations.ui.failures.StoreEdge",
    "privateoffice.foundations.once.edge.OnceMiddleware",
    "privateoffice.foundations.scanning.edge.ScanEdge",
]

ROOT_URLCONF = "privateoffice.urls"
WSGI_APPLICATION = "privateoffice.program.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "privateoffice.foundations.ui.frame.frame",
            ],
            "builtins": ["privateoffice.foundations.ui.templatetags.po"],
        },
    }
]
FORM_RENDERER = "privateoffice.foundations.ui.forms.Renderer"

DATABASES = {"default": database(env_text("DATABASE_URL"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Jobs: rows in the same database, so that a job and what it is about are written in one transaction.
# With QUEUE_URL, redis://host:6379/0, Redis tells the workers of many machines which row is ready.
QUEUE_URL = queue(env_text("QUEUE_URL"))
ANNOUNCING = "privateoffice.foundations.jobs.announcing.AnnouncingBackend"
TASKS = {"default": {"BACKEND": ANNOUNCING if QUEUE_URL else "django_tasks_db.DatabaseBackend", "QUEUES": []}}
JOB_LEASE_SECONDS = int(env_text("PRIVATE_OFFICE_JOB_LEASE", "60"))

# Sign-in.
AUTH_USER_MODEL = "offices.User"
AUTHENTICATION_BACKENDS = ["privateoffice.foundations.offices.sign_in.Accounts"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "privateoffice.foundations.offices.passwords.HouseWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "privateoffice.foundations.offices.sign_in.SignIn"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Names and passwords are counted by offices.services.guesses, for all machines; here, addresses for each process.
ACCOUNT_RATE_LIMITS = {"login_failed": "60/m/ip", "login": "120/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(env_text("PRIVATE_OFFICE_PROXIES", "0"))
PROXY_ADDRESS = env_text("PRIVATE_OFFICE_PROXY", "127.0.0.1")  # the last of them, as the web sees it
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SERVED_SECURELY  # http://localhost only: elsewhere browsers refuse
MFA_ADAPTER = "privateoffice.foundations.offices.sign_in.SecondFactor"
MFA_TOTP_ISSUER = "Private Office"
# Nobody goes on without a second factor; on by itself where other machines can reach the office.
NEEDS_SECOND_FACTOR = env_flag("PRIVATE_OFFICE_SECOND_FACTOR", not is_of_this_machine(SITE_URL))
# Every try to sign in is noted, and forgotten after so many days.
SIGN_INS_KEPT_DAYS = int(env_text("PRIVATE_OFFICE_SIGN_INS_KEPT", "180"))

# Signing in through the force's own OpenID Connect provider, such as Entra ID.
# See docs/how-to/sign-in-with-entra.md.
OIDC_ISSUER = env_text("OIDC_ISSUER")
OIDC_EMAIL_DOMAINS = env_list("OIDC_EMAIL_DOMAINS")
SOCIALACCOUNT_PROVIDERS = outside_door(
    OIDC_ISSUER, env_text("OIDC_CLIENT_ID"), env_text("OIDC_CLIENT_SECRET"), env_text("OIDC_NUMBER", "sub")
)
SOCIALACCOUNT_ADAPTER = "privateoffice.foundations.offices.outside_accounts.OutsideAccounts"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_STORE_TOKENS = False

# Sessions and headers.
# Over TLS each cookie is bound to this very host: no other host of the force's domain can set or read it.
COOKIE_PREFIX = "__Host-" if IS_SERVED_SECURELY else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "privateoffice.foundations.ui.messages.Storage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_SERVED_SECURELY
# A session ends unused, and at the latest so long after it was begun. See docs/security/time-outs.md.
SESSION_IDLE = timedelta(minutes=int(env_text("PRIVATE_OFFICE_IDLE_MINUTES", "30")))
SESSION_LASTS = timedelta(hours=int(env_text("PRIVATE_OFFICE_SESSION_HOURS", "12")))
SESSION_COOKIE_AGE = int(SESSION_LASTS.total_seconds())
CSRF_COOKIE_SECURE = IS_SERVED_SECURELY
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "privateoffice.foundations.ui.failures.csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if IS_SERVED_SECURELY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SERVED_SECURELY
SECURE_SSL_REDIRECT = False  # The proxy that ends TLS does this; see docs/how-to.
X_FRAME_OPTIONS = "SAMEORIGIN"
# The name and shape of Django 6's own setting, so that moving to it deletes our middleware and nothing else.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'", *([origin_of(OIDC_ISSUER)] if OIDC_ISSUER else [])],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Language, time, static files.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = None
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES_DIR}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env_text("PRIVATE_OFFICE_LOG", "WARNING")},
    "loggers": {
        "waitress.queue": {"level": "ERROR"},  # It warns of every request that waits a moment,
        "django.request": {"level": "ERROR"},  # and this of every address that is not there.
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
