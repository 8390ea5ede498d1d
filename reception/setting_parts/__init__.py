"""The parts that an office's settings are made of: what each may hold. `config/default.toml` explains every key.

A file for each thing that one looks for; whoever reads settings finds them all here.
"""

# ruff: noqa: F401

from reception.setting_parts.alerts import AlertPart, WarningsPart
from reception.setting_parts.boards import Board, OneBoard, Slide
from reception.setting_parts.data import DataPart
from reception.setting_parts.feedback import FeedbackPart
from reception.setting_parts.figures import FiguresPart
from reception.setting_parts.kinds import Named, Part, Tag
from reception.setting_parts.kiosks import Keeper, Kiosk
from reception.setting_parts.mail import MailPart
from reception.setting_parts.office import (
    Catalogues,
    DeskPart,
    Group,
    Hours,
    Need,
    OfficePart,
    Reasons,
    Service,
    Signpost,
    Team,
)
from reception.setting_parts.paper import Printer, Printing
from reception.setting_parts.rules import (
    AppointmentsPart,
    Closing,
    Holds,
    LinePart,
    PhonePart,
    Promise,
    Promises,
    WaitsPart,
)
from reception.setting_parts.running import Access, DeskScreen, Keeping, Screens, Sending, Server, Webhook
from reception.setting_parts.speech import Announcer, VoicePart
from reception.setting_parts.standards import Performance, Standard
