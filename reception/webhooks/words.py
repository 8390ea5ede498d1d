"""The sentences for how a webhook is.

Delivering speaks in keys; a manager's page gets them in its reader's language.
"""

from flask_babel import lazy_gettext as _

CAUSES = {
    "status": _("The other system answered with an error (%(status)s)."),
    "redirected": _("The other system sent the message elsewhere (%(status)s), which Reception does not follow."),
    "gone": _("The other system wants no more messages (410). Take the webhook out of the settings, or start again."),
    "timeout": _("The other system did not answer in time."),
    "refused": _("Nothing takes messages at the other system's address."),
    "unreachable": _("The other system cannot be reached. Check the network and the address."),
    "name": _("The other system's name could not be found. Check the address."),
    "certificate": _("The other system's certificate is not one that this server trusts."),
    "dropped": _("The other system closed the connection without an answer."),
    "no_http": _("What answers at the other system's address does not speak HTTP."),
}

STATES = {"ok": _("Delivering"), "failing": _("Failing"), "stopped": _("Stopped")}


def worded(state: str, error: dict | None) -> dict:
    """The words for a state, and the sentence for what is the matter now, if anything is."""
    cause = error and error.get("cause")
    sentence = str(CAUSES[cause]) % {"status": error.get("status", "")} if cause else None
    return {"state_words": str(STATES[state]), "last_error": sentence}
