"""Printers, and how slips are printed."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reception.setting_parts.kinds import Key, Minutes, Name, Part, Seconds


class Printer(Part):
    key: Key
    name: Name = "Printer"
    place: Annotated[str, Field(max_length=80)] = ""
    kiosks: tuple[Name, ...] = ()
    at: Annotated[str, Field(max_length=60)] = ""
    backup: Key | Literal[""] = ""
    kind: Literal["virtual", "network", "usb", "serial", "file"]
    host: str = ""
    port: int = 9100
    device: str = ""
    baud: int = 19200
    vendor_id: int = 0
    product_id: int = 0
    dots: Literal[384, 512, 576, 640] = 576
    dpi: Literal[180, 203, 300] = 203
    confirm: Literal["job_id", "status", "none"] = "status"
    roll_metres: Seconds = 80
    near_end_metres: Annotated[float, Field(ge=0)] = 3

    @model_validator(mode="after")
    def reachable(self):
        needs = {"network": "host", "serial": "device", "file": "device", "usb": "vendor_id"}.get(self.kind)
        if needs and not getattr(self, needs):
            raise ValueError(f"a {self.kind} printer needs {needs!r}")
        return self


class Printing(Part):
    stale_seconds: Seconds
    timeout_seconds: Seconds
    ask_seconds: Seconds
    backup_seconds: Seconds
    slip_mm: Seconds
    low_shown_minutes: Minutes
