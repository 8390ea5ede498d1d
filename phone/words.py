"""Why something that a visitor asked on their phone was not done, to the visitor: what is true and what helps."""

from flask_babel import lazy_gettext as _

from reception.refusals import Refusal, StoreFault
from reception.web.words import sentence

REFUSED = {
    "late_minutes": _("Choose one of the times on this page."),
    "late_called": _("We are calling you now. If you cannot come yet, please tell a member of staff."),
    "late_not_waiting": _("You are not waiting in the line now, so there is no place to keep."),
    "late_too_often": _("We cannot keep your place again. Please come now, or tell a member of staff."),
    "late_past_closing": _("Our day ends before then. Choose a shorter time, or tell a member of staff."),
    "leave_at_desk": _("You are at a desk now. Please tell the person there that you have to go."),
    "page_ended": _("This link shows nothing any more. Please ask a member of staff."),
}


def refused(refusal: Refusal | StoreFault, settings) -> str:
    """The refusal in the language that is now worded in."""
    return str(REFUSED[refusal.key]) if refusal.key in REFUSED else sentence(refusal, settings)
