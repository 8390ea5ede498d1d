"""The kiosk face."""
