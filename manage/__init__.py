"""The manage face."""
