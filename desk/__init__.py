"""The desk face."""
