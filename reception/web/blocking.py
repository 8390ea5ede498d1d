"""Slow work (password hashes, long reads) off the event loop: on gevent's native threads, or right here without it."""

from gevent import get_hub
from gevent.monkey import is_module_patched  # noqa: F401


def blocking(function, *arguments, **named):
    """What `function(*arguments, **named)` returns or raises, while other greenlets go on."""
    if not is_module_patched("threading"):
        return function(*arguments, **named)
    return get_hub().threadpool.apply(function, arguments, named)
