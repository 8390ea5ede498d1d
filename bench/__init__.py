"""Measures Reception beside a bare server: `make bench`. See docs/performance.md."""
