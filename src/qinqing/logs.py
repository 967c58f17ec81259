"""Where log lines go: standard error, one JSON object a line in production, plain lines elsewhere."""

from typing import Any

import structlog

Settings = dict[str, Any]

_BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def config(*, level: str, as_json: bool) -> Settings:
    """Return Django's LOGGING. Faults of requests come with their traceback; nothing is mailed.

    Personal data does not belong in a log line: log numbers of rows, not names, phones or texts.
    """
    structlog.configure(
        processors=[*_BEFORE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Tracebacks without the values of variables: those would carry names, phones and passwords into the log.
    as_lines = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    last: list[Any] = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": _BEFORE,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *(last if as_json else [as_lines])],
    }
    quiet = {"handlers": ["stderr"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": quiet,
            # A 404 or a refused form is an answer, not an event; gunicorn's own start and stop are.
            "django.request": {**quiet, "level": "ERROR"},
            "gunicorn.error": quiet,
            "gunicorn.access": {**quiet, "level": "WARNING"},
        },
    }
