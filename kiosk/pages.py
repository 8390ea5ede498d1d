"""The kiosk's page, and the virtual printer's last slips as a person would hold them."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for

from reception.hours import local
from reception.refusals import Refusal
from reception.web.access import only, visitor_of
from reception.web.parts import here

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk", static_folder="static", template_folder="templates")


@blueprint.get("/", strict_slashes=False)
@only("kiosk")
def page(asker):
    settings = here().settings
    grouped = {group.key: [s for s in settings.services if s.group == group.key] for group in settings.groups}
    alone = [service for service in settings.services if not service.group]
    groups = [group for group in settings.groups if grouped[group.key]]
    return render_template(
        "kiosk/kiosk.html",
        kiosk=settings.kiosk,
        groups=groups,
        grouped=grouped,
        alone=alone,
        needs=[need for need in settings.needs if need.asked] if settings.kiosk.asks_needs else [],
        prints=settings.printers,
    )


@blueprint.get("/printer")
def printer():
    """The slips, newest first: for managers, and in the demo for everybody (it is on their own machine)."""
    if not _may_look():
        return redirect(url_for("access.sign_in", next=request.path))
    settings = here().settings
    shown = [
        (printer, [(slip, local(slip.printed_at, settings.zone)) for slip in _virtual(printer).slips()])
        for printer in settings.printers
        if printer.kind == "virtual"
    ]
    return render_template("kiosk/printer.html", printers=shown)


@blueprint.get("/printer/<key>/<name>.png")
def slip(key: str, name: str):
    if not _may_look():
        raise Refusal("signed_out", status=401)
    printer = next((p for p in here().settings.printers if p.key == key and p.kind == "virtual"), None)
    picture = printer and _virtual(printer).png(name)
    return Response(picture, mimetype="image/png") if picture else abort(404)


def _may_look() -> bool:
    return here().settings.demo or visitor_of("manage") is not None


def _virtual(printer):
    from reception.printing.virtual import VirtualPrinter  # brings in Pillow, which nothing else in the server needs

    return VirtualPrinter(here().settings.server.data / "printer" / printer.key)
