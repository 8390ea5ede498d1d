"""What was measured of days that are kept, remembered by their stamps: it is true for as long as those are there.

It forgets what was not asked for longest, and all of it with the process; nothing is lost by that.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST = 256 << 20  # bytes: five reports of six million visits, a thousand of an office's month


class Memory:
    """`size` of what is remembered is asked of it, where it has one."""

    def __init__(self, most: int = MOST):
        self._most, self._known, self._size = most, OrderedDict(), 0

    def get(self, name: Hashable, make: Callable):
        """What is remembered by that name, or made now."""
        if name not in self._known:
            self.put(name, make())
        self._known.move_to_end(name)
        return self._known[name]

    def put(self, name: Hashable, value) -> None:
        self._size += _size(value) - _size(self._known.pop(name, None))
        self._known[name] = value
        while self._size > self._most and len(self._known) > 1:
            self._size -= _size(self._known.popitem(last=False)[1])


def _size(value) -> int:
    return 0 if value is None else getattr(value, "size", 100)
