"""The kiosk's page, the measuring of its screen, and the virtual printer's last slips as a person would hold them."""

from typing import Annotated

from flask import Blueprint, Response, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from pydantic import BaseModel, Field, ValidationError

from reception.hours import local
from reception.languages import CATALOGUES
from reception.printing.wording import readable
from reception.refusals import Refusal
from reception.web.access import only, visitor_of
from reception.web.parts import here
from reception.web.qr import qr

blueprint = Blueprint("kiosk", __name__, url_prefix="/kiosk", static_folder="static", template_folder="templates")

CARD_MM = (85.6, 53.98)  # of every bank and library card (ISO/IEC 7810 ID-1)


@blueprint.get("/", strict_slashes=False)
@only("kiosk")
def page(asker):
    g.may_be_compressed = True  # there is no form on it, and no secret
    settings = here().settings
    grouped = {group.key: [s for s in settings.services if s.group == group.key] for group in settings.groups}
    alone = [service for service in settings.services if not service.group]
    groups = [group for group in settings.groups if grouped[group.key]]
    return render_template(
        "kiosk/kiosk.html",
        kiosk=settings.kiosk,
        measured=measured(asker),
        voice=settings.voice,
        languages=[CATALOGUES[tag] for tag in settings.languages],
        groups=groups,
        grouped=grouped,
        alone=alone,
        offers=[service for service in settings.services if service.bring or service.online],
        signposts=[signpost for signpost in settings.signposts if signpost.kiosk],
        needs=[need for need in settings.needs if need.asked] if settings.kiosk.asks_needs else [],
        themes=settings.feedback.themes,
        prints=settings.printers,
        qr=qr,
        readable=readable,
    )


# -- measuring -----------------------------------------------------------------------------------------------------


def measured(asker) -> dict:
    """`{mm_per_px, bottom_mm}` of the asker's screen: as measured there, else as settings say."""
    own = here().store.preferences(here().frontdesk.office, asker.by).get("screen", {})
    kiosk = here().settings.kiosk
    return {"mm_per_px": kiosk.mm_per_px, "bottom_mm": kiosk.screen_bottom_mm} | own


@blueprint.get("/calibrate")
@only("kiosk")
def calibrate(asker):
    return render_template("kiosk/calibrate.html", measured=measured(asker), card=CARD_MM)


@blueprint.post("/calibrate")
@only("kiosk")
def keep_measured(asker):
    """Keeps what was measured of this screen, and shows the kiosk in its true sizes."""
    try:
        said = Measured(**{name: request.form.get(name, "")[:20] for name in Measured.model_fields})
    except ValidationError:
        wrong = _("Write the height in millimetres, from 0 to 1,100.")
        return render_template("kiosk/calibrate.html", measured=measured(asker), card=CARD_MM, wrong=wrong), 422
    here().frontdesk.prefer(who=asker.by, name="screen", value=said.model_dump())
    return redirect(url_for("kiosk.page"))


class Measured(BaseModel):
    mm_per_px: Annotated[float, Field(ge=0.05, le=1)]
    bottom_mm: Annotated[int, Field(ge=0, le=1100)]


# -- slips ---------------------------------------------------------------------------------------------------------


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
