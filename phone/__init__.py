"""The phone face."""
