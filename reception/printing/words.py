"""The sentences for what can be the matter with a printer or a print job, and for what helps.

Printing code speaks in keys; a face looks them up here and gets them in its reader's language.
"""

from flask_babel import lazy_gettext as _

CAUSES = {
    "near_end": _("The paper roll is near its end."),
    "out": _("The printer is out of paper."),
    "cover": _("The printer's cover is open."),
    "cutter": _("The printer's cutter is stuck."),
    "hot": _("The print head is too hot and is cooling down."),
    "error": _("The printer reports a fault."),
    "offline": _("The printer is switched to offline."),
    "unreachable": _("The printer does not answer at its address."),
    "not_found": _("The printer is not plugged in, or not at the place the settings name."),
    "not_allowed": _("Reception is not allowed to use the printer."),
    "no_driver": _("A program part that this kind of printer needs is missing."),
    "dropped": _("The printer closed the connection."),
    "hung": _("The printer stopped taking data."),
    "silent": _("The printer says nothing, neither of itself nor of its slips."),
    "not_monitored": _("This printer cannot say how it is."),
    "interrupted": _("Reception was restarted while the slip was printing."),
    "stale": _("The slip waited too long for the printer and was dropped."),
    "not_wanted": _("The slip was not needed any more."),
    "printed_elsewhere": _("The slip was printed again at another printer."),
    "missing": _("A visitor says that no slip came out."),
    "drawing": _("The slip could not be drawn."),
}

REMEDIES = {
    "change_roll_soon": _("Have a new roll ready and change it at the next quiet moment."),
    "load_paper": _("Put in a new roll, thermal side out, and close the cover."),
    "close_cover": _("Close the cover until it clicks."),
    "clear_cutter": _("Switch the printer off, open the cover, take out any paper scraps, and switch it on again."),
    "let_cool": _("Nothing to do: printing goes on by itself within a few minutes."),
    "switch_off_and_on": _("Switch the printer off and on. If that does not help, ask whoever looks after it."),
    "check_power_and_cable": _("Check that the printer is switched on and that its cables are in at both ends."),
    "check_settings": _("Ask whoever installed Reception to run: reception check"),
    "one_user": _("Check that no other program prints to this printer: it takes one connection at a time."),
    "look_at_printer": _("Look whether the slip came out. If not, print it again: the number stays the same."),
    "print_again": _("Print it again if the visitor is still without it: the number stays the same."),
}

CONDITIONS = {
    "ok": _("Ready"),
    "near_end": _("Paper low"),
    "out": _("Out of paper"),
    "cover": _("Cover open"),
    "cutter": _("Cutter stuck"),
    "hot": _("Cooling down"),
    "error": _("Fault"),
    "offline": _("Not reachable"),
    "unknown": _("Not monitored"),
}

OUTCOMES = {
    "printed": _("Printed"),
    "unconfirmed": _("Sent, not confirmed"),
    "deferred": _("Waiting for the printer"),
    "moved": _("Sent to another printer"),
    "failed": _("Not printed"),
    "dropped": _("Dropped"),
}
