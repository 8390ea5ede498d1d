"""The printers among the devices: how each is, whose slips come out of it, and "there is a new roll in it"."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from manage.frame import blueprint
from reception.web.access import only
from reception.web.parts import here


@blueprint.post("/devices/printers/<key>/roll")
@only("manage")
def new_roll(key, asker):
    """Somebody has put in a new roll: from here on its tickets are counted."""
    here().frontdesk.roll_changed(printer=key, by=asker.by)
    name = here().settings.printer[key].name
    flash(_("A new roll is in: %(printer)s.", printer=name), "done")
    return redirect(url_for("manage.devices", _anchor="printers"))


@blueprint.app_template_global()
def all_printers() -> tuple:
    return here().settings.printers


@blueprint.app_template_global()
def printers_here() -> list[dict]:
    """How each printer is (`Conditions.all`), with `kiosks`, the names of those let in whose slips come out of it, and
    `backup`, the name of the printer that prints what it cannot begin."""
    parts = here()
    kiosks = sorted({key.name for key in parts.keys.all() if key.role == "kiosk" and not key.revoked_at})
    return [
        {
            **printer,
            "kiosks": [name for name in kiosks if parts.settings.printer_of(name) == printer["key"]],
            "backup": _backup(printer["key"]),
            "counts": parts.settings.printer[printer["key"]].kind != "virtual",
        }
        for printer in (parts.printers.conditions() if parts.printers else [])
    ]


def _backup(printer: str) -> str | None:
    settings = here().settings
    backup = settings.printer[printer].backup
    return settings.printer[backup].name if backup else None
