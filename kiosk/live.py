"""The kiosk's socket."""

from reception.web.sockets import Face


class Kiosk(Face):
    face = "kiosk"
