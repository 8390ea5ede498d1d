"""A living lobby to look at: people come, are called, are helped and go. `python -m demo --speed 20`."""
