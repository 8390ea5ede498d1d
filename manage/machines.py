"""Which machines need somebody: printers, kiosks, boards, and the way to the mail server; each with what is the matter
and what helps. It asks them nothing itself.
"""

from flask_babel import gettext as _
from flask_babel import ngettext

from reception import mail
from reception.hours import day_of
from reception.keys import SCREENS
from reception.web import alone


def troubles(parts, there: list[dict] | None = None, printers: list[dict] | None = None) -> list[dict]:
    """`{key, where, matter, remedy}` of every machine that needs somebody; `there` as `screens` says, `printers` as
    their conditions do."""
    there = screens(parts) if there is None else there
    printers = (parts.printers.conditions() if parts.printers else []) if printers is None else printers
    return [
        *_printer_troubles(printers),
        *({"where": one.pop("what"), **one} for one in alone.troubles(parts)),
        *_screen_troubles(missing_screens(parts, there)),
        *_silent(parts, there),
        *_mail_troubles(parts),
    ]


def missing_screens(parts, there: list[dict]) -> list[dict]:
    """The screens that have been away for a while, and not for so long that they were taken away."""
    rules, now = parts.settings.screens, parts.frontdesk.now()
    since, until = now - rules.gone_hours * 3_600_000, now - rules.missing_seconds * 1000
    by_themselves = {one["id"] for one in alone.kiosks_alone(parts)}
    away = [one for one in there if not one["online"] and since < (one["heard_at"] or 0) < until]
    return [one for one in away if one["id"] not in by_themselves]


def screens(parts) -> list[dict]:
    """`{id, name, role, heard_at, online}` of every kiosk, board and wallboard that is let in, kiosks first.

    A bearer key of a screen's role may be another program's: it is a screen while it has a connection, or a machine of
    its own that was lent numbers.
    """
    able = parts.frontdesk.lent_to(day_of(parts.frontdesk.now(), parts.settings.zone))
    found = [
        {"id": key.id, "name": key.name, "role": key.role, "heard_at": key.heard_at, "online": online(parts, key.id)}
        for key in parts.keys.all()
        if key.role in SCREENS
        and not key.revoked_at
        and (key.kind == "browser" or online(parts, key.id) or key.id in able)
    ]
    named = {}
    for screen in found:  # newest first: one paired again under its name takes the place of the one that was
        key = screen["role"], screen["name"]
        if screen["online"] or key not in named:
            named.setdefault(key, []).append(screen)
    newest = [screen for same in named.values() for screen in (_online(same) or same[:1])]
    return sorted(newest, key=lambda screen: (screen["role"] != "kiosk", screen["name"], screen["id"]))


def _online(screens: list[dict]) -> list[dict]:
    return [screen for screen in screens if screen["online"]]


def online(parts, key: str) -> bool:
    """Whether whoever holds this key has an open connection."""
    return any(face.connected(key) for face in parts.faces.values())


def _printer_troubles(printers: list[dict]) -> list[dict]:
    """`{key, where, matter, remedy, left, roll_of}`: sentences, for people; `left`: tickets, of a roll near its end;
    `roll_of`: the printer, where a new roll helps. One that cannot be asked needs nobody."""
    return [
        {
            "key": f"printer {printer['key']}",
            "where": ", ".join(filter(None, (printer["name"], printer["place"]))),
            "matter": printer["sentence"],
            "remedy": printer["remedy"],
            "left": printer["tickets_left"] if printer["state"] == "near_end" else None,
            "roll_of": printer["key"] if printer["state"] in ("near_end", "out") else None,
        }
        for printer in printers
        if is_trouble(printer)
    ]


def is_trouble(printer: dict) -> bool:
    return printer["cause"] not in (None, "not_monitored")


def _held_back() -> dict:
    return {
        "matter": _("The sound of this board is off: its browser holds it back."),
        "remedy": _("Press the button on the board, or start its browser as docs/board.md says."),
    }


def _no_voice() -> dict:
    return {
        "matter": _("This board chimes, but cannot say who is called."),
        "remedy": _("Whoever looks after the server learns what helps from: reception check"),
    }


def _screen_troubles(missing: list[dict]) -> list[dict]:
    return [
        {
            "key": f"screen {screen['id']}",
            "where": screen["name"],
            "matter": {
                "kiosk": _("This kiosk has no connection to the server."),
                "display": _("This board has no connection to the server."),
                "wall": _("This wallboard has no connection to the server."),
            }[screen["role"]],
            "remedy": _("Check that it is switched on and on the network. It connects again by itself."),
        }
        for screen in missing
    ]


def _silent(parts, there: list[dict]) -> list[dict]:
    """`{key, where, matter, remedy}` of each board that is there and cannot be heard."""
    board = parts.faces.get("/display")
    sounds = board.sounds if board else {}
    heard = {"held_back": _held_back(), "no_voice": _no_voice()}
    return [
        {"key": f"sound {one['id']}", "where": one["name"], **heard[sounds[one["id"]]]}
        for one in there
        if one["online"] and sounds.get(one["id"]) in heard
    ]


def _mail_troubles(parts) -> list[dict]:
    """Mail that was not sent, all together; and alerts that are to be mailed where there is no way to."""
    found = mail.troubles(parts.store, parts.settings.office.key, parts.frontdesk.now())
    if found:
        matter = ngettext(
            "%(num)d mail could not be sent: %(why)s.",
            "%(num)d mails could not be sent: %(why)s.",
            len(found),
            why=found[-1][1],
        )
        return [
            {
                "key": "mail",
                "where": _("Mail"),
                "matter": matter,
                "remedy": _("It is tried again. Whoever looks after the server checks [mail] in the settings."),
            }
        ]
    if any(one.mail for one in parts.settings.alerts) and not mail.can_mail(parts.settings):
        matter = _("Alerts are to be mailed, and no mail server is set.")
        return [
            {
                "key": "mail",
                "where": _("Mail"),
                "matter": matter,
                "remedy": _("They are on screens alone until [mail] is in the settings."),
            }
        ]
    return []
