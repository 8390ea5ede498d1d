"""What the machine of a kiosk does so that the kiosk goes on without the server: `python -m kiosk.keeper` starts it.

The browser always talks to this machine. It is a small front desk of its own, whose numbers were lent to it; while the
server is there, it passes every question on. docs/keeper.md says how one is installed, docs/architecture.md why.
"""
