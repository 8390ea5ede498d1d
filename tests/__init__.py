"""A package, since libraries have been seen to install a `tests` of their own, which Python would find instead."""
