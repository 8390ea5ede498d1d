"""The refusals that a visitor may read, at the kiosk or on their phone. These alone are in the catalogues.

`words.py` has the others, which staff alone read, and says them all.
"""

from flask_babel import lazy_gettext as _

VISITORS = {
    "appointment_not_found": _(
        "We cannot find this appointment today. Check the reference or postcode, or take a ticket and tell us"
        " at the desk."
    ),
    "appointment_other_day": _("This appointment is not today: it is on %(booked)s."),
    "appointment_early": _("You are early: your appointment is at %(booked_time)s. Check in from %(from_time)s."),
    "appointment_of_several": _(
        "More than one person here today has this postcode and initial. Use the reference, or ask a member of staff."
    ),
    "appointment_used": _("This appointment has been checked in already. Ask a member of staff if that is wrong."),
    "appointments_away": _(
        "We cannot look up appointments at the moment. Take a number, and say at the desk that you have an appointment."
    ),
    "no_numbers_left": _("No number can be given at the moment, and none was. Please ask a member of staff."),
    "service_full": _("%(service)s has no tickets left today. Please ask a member of staff."),
    "office_closed": _("The office is closed, so no tickets are given now. It opens %(opens)s."),
    "office_closed_long": _("The office is closed, so no tickets are given now."),
    "service_shut": _("%(service)s is closed now. It opens %(opens)s."),
    "service_shut_long": _("%(service)s is closed now."),
    "service_closed": _("%(service)s is closed. Please ask a member of staff."),
    "feedback_away": _("We cannot note it at the moment. Please tell a member of staff."),
    "too_many_guesses": _("Too many wrong tries from here. Wait %(minutes)s minutes and try again."),
    "fault": _("Something went wrong on the server, so nothing was done. Try again; nothing stored is lost."),
}
