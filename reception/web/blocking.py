"""Slow work (password hashes, long reads, large pages) off the event loop: on gevent's native threads, or right here
without it."""

import sys
from contextvars import copy_context

from flask import render_template
from gevent import get_hub
from gevent.monkey import is_module_patched

SWITCH_SECONDS = 0.0005  # as usual (ten times as long), each of Next's fifty sends might wait for a report's thread


def blocking(function, *arguments, **named):
    """What `function(*arguments, **named)` returns or raises, while other greenlets go on."""
    if not is_module_patched("threading"):
        return function(*arguments, **named)
    sys.setswitchinterval(SWITCH_SECONDS)
    value, error = get_hub().threadpool.apply(_outcome, (function, arguments, named))
    if error is not None:
        raise error
    return value


def rendered(template: str, **said) -> str:
    """A large page, with what the asker's own request knows."""
    return blocking(copy_context().run, render_template, template, **said)


def _outcome(function, arguments, named) -> tuple:
    """The value or the error: gevent's threads write what is raised on them to the log, with what somebody sent."""
    try:
        return function(*arguments, **named), None
    except Exception as error:
        return None, error
