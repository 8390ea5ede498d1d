"""The desk's socket."""

from reception.web.sockets import Face


class Desk(Face):
    face = "desk"
