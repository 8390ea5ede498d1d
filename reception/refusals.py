"""A refusal: why a step was not taken, as a key and its values. The face words it in the reader's language."""


class Refusal(Exception):
    """Raised by rules; undoes the whole change. `status` is the HTTP status a refused API call answers with."""

    def __init__(self, key: str, /, *, status: int = 409, **values):
        super().__init__(key, values)
        self.key, self.status, self.values = key, status, values


class StoreFault(Exception):
    """The database could not keep the change (disk full, locked, damaged); nothing of it happened."""

    def __init__(self, key: str, /, **values):
        super().__init__(key, values)
        self.key, self.values, self.status = key, values, 503
