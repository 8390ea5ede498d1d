"""What every driver promises: the `Printer` protocol, the `Outcome` of a slip, and `PrinterFault`, the one exception.

`fault_of` turns the errors of sockets, files and libraries into it, once, with their cause kept.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from PIL import Image

from .status import Condition


class PrinterFault(Exception):
    """The printer could not do what was asked. `cause` is a key of `words.CAUSES`, `condition` what it says about
    the printer; the library's own error, where there was one, is `__cause__`."""

    def __init__(self, cause: str, detail: str = ""):
        super().__init__(f"{cause}: {detail}" if detail else cause)
        self.cause = cause
        self.condition = Condition("offline", cause)


@dataclass(frozen=True)
class Outcome:
    """What became of a slip: "printed" as the printer confirmed, "unconfirmed" (it may or may not be on paper), or
    "failed" (it is not). `sent` False: not a byte of it went out, so that it may be tried again. `condition` is how
    the printer was afterwards, None where nobody knows."""

    state: Literal["printed", "unconfirmed", "failed"]
    cause: str | None = None
    sent: bool = True
    condition: Condition | None = None


class Printer(Protocol):
    """What the worker needs of a printer. Each may take seconds."""

    def warm_up(self) -> None:
        """Load what the first slip would otherwise wait for."""

    def ask(self) -> Condition:
        """How the printer is; one that cannot be reached is "offline", without an exception."""

    def print(self, image: Image.Image, *, sending: Callable[[], None] = lambda: None) -> Outcome:
        """Print a mode "1" image and cut. `sending` is called once, just before the first byte of it goes out.

        `PrinterFault` when it could not even be tried.
        """


_BY_NUMBER = {
    errno.ECONNREFUSED: "unreachable",
    errno.ETIMEDOUT: "unreachable",
    errno.EHOSTUNREACH: "unreachable",
    errno.ENETUNREACH: "unreachable",
    errno.EHOSTDOWN: "unreachable",
    errno.ECONNRESET: "dropped",
    errno.ECONNABORTED: "dropped",
    errno.EPIPE: "dropped",
    errno.ENOENT: "not_found",
    errno.ENODEV: "not_found",
    errno.ENXIO: "not_found",
    errno.EACCES: "not_allowed",
    errno.EPERM: "not_allowed",
    errno.EBUSY: "not_allowed",
}


def fault_of(error: BaseException, *, connecting: bool) -> PrinterFault:
    """The fault that an error amounts to; a time that ran out means something else before and after connecting."""
    root = error
    while root.__cause__ or root.__context__:
        root = root.__cause__ or root.__context__
    fault = PrinterFault(_cause(error, root, connecting), f"{type(error).__name__}: {error}")
    fault.__cause__ = error
    return fault


def _cause(error: BaseException, root: BaseException, connecting: bool) -> str:
    names = {type(error).__name__, type(root).__name__}
    if isinstance(root, ImportError) or names & {"NoBackendError", "RuntimeError"}:
        return "no_driver"
    if known := _BY_NUMBER.get(getattr(root, "errno", None)):
        return known
    if isinstance(root, TimeoutError) or names & {"USBTimeoutError", "SerialTimeoutException"}:
        return "unreachable" if connecting else "hung"
    if names & {"USBNotFoundError", "DeviceNotFoundError", "SerialException"} and not isinstance(root, OSError):
        return "not_found"
    return "unreachable" if connecting else "dropped"
