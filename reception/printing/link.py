"""Stands between the server and its printers."""


class Printers:
    def __init__(self, parts):
        self.parts = parts

    def start(self): ...
    def stop(self): ...
