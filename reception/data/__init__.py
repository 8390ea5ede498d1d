"""Everything that an office has recorded, as tables for analysts: over the API, as files, as a database of its own.

What each table and column is stands once, in `tables.py`; the API, the files, the archive, the page and docs/data.md
follow it. Nothing about a person is in any of them, and nothing here changes what the office has.
"""
