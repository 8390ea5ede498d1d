"""The phone's socket."""

from reception.web.sockets import Face


class Phone(Face):
    face = "phone"
