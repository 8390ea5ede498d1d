"""Every refusal's sentence: what was asked, what is true, what helps. Rules return keys; the words come last.

Those that a visitor may read stand in visitors_words.py.
"""

import re

from flask_babel import lazy_gettext as _

from reception.refusals import Refusal, StoreFault
from reception.scorecard.months import first_day
from reception.web import times
from reception.web.speaking import said
from reception.web.visitors_words import VISITORS

# Control characters, halves of surrogate pairs, and marks that turn or hide what stands beside them.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u061c\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)

SENTENCES = VISITORS | {
    # the line and the desk
    "step_does_not_fit": _("%(number)s is %(state)s, so that step does not fit. Look at the screen and choose again."),
    "unknown_step": _("There is no step called %(step)s. The steps are: %(steps)s."),
    "unknown_service": _("There is no service called %(service)s. The services are: %(services)s."),
    "unknown_desk": _("There is no desk called %(desk)s. The desks are: %(desks)s."),
    "unknown_visit": _("No visit has this id. It may belong to another office; look at the line again."),
    "unknown_number": _("Nobody has the number %(number)s today. Check it on their ticket."),
    "visit_ended": _("%(number)s has already ended (%(state)s). Give a new number, or undo the last step."),
    "already_called": _("%(number)s has already been called to %(desk)s."),
    "at_another_desk": _("%(number)s is at %(desk)s. Ask them to finish first."),
    "screen_out_of_date": _("Nothing was done: this screen was out of date. %(desk)s now has %(number)s."),
    "screen_out_of_date_nobody": _("Nothing was done: this screen was out of date. Nobody is at %(desk)s now."),
    "desk_is_anothers": _(
        "Somebody else has opened %(desk)s. Choose another desk, or take it over from the list of desks."
    ),
    "desk_has_visitor": _("%(number)s is still at %(desk)s. Finish with them first."),
    "no_desk": _("Choose a desk first."),
    "nothing_to_undo": _("There is nothing to undo here."),
    "too_late_to_undo": _("The last step is more than %(minutes)s minutes old, so it cannot be undone."),
    "times_changed": _(
        "Nothing was saved: the times of %(number)s have changed since you opened the page. "
        "See there who did it and when; save again if yours are still right."
    ),
    "undo_overtaken": _("%(number)s has moved on since, so that step cannot be undone."),
    "unknown_reason": _("There is no reason called %(reason)s. The reasons are: %(reasons)s."),
    "reason_needed": _("This needs a reason. Choose one of: %(reasons)s."),
    "unknown_need": _("There is no need called %(need)s. The needs are: %(needs)s."),
    "unknown_language": _("The language %(tag)s is not offered here. The languages are: %(tags)s."),
    "unknown_room": _("There is no room called %(room)s in the settings. Choose another, or none."),
    "unknown_whom": _("%(whom)s is neither a desk nor a person of this office. Choose one from the list."),
    "unknown_outcome": _("There is no outcome called %(outcome)s. The outcomes are: %(outcomes)s."),
    "unknown_signpost": _("There is no signpost called %(signpost)s in the settings. Choose one from the list."),
    "no_printer": _("This office has no printer. Write the number down for them."),
    "slip_is_printing": _("A slip for %(number)s is printing just now. Look whether it comes out, then try again."),
    "reprint_by_staff": _("This ticket is not printed again here. Ask a member of staff: the number stays the same."),
    "unknown_printer": _("There is no printer called %(printer)s. The printers are: %(printers)s."),
    "unknown_kind": _("There is nothing called %(kind)s here. It can be: %(kinds)s."),
    "text_too_long": _("This is too long: at most %(longest)s characters are kept. Shorten it and try again."),
    "references_not_kept": _("This office keeps no references of matters. Leave it out; a manager can turn it on."),
    "reference_too_long": _("A reference has at most %(longest)s characters. Write it without the words around it."),
    "text_needed": _("Write what people should read, then try again."),
    "hold_too_long": _("This can be for 1 to %(longest)s minutes. Choose another time."),
    "hold_past_day": _(
        "The day ends at %(ends_time)s for everybody still here. Choose a shorter time, or finish and say what happens"
        " next."
    ),
    "day_settled": _(
        "The day has been closed, so %(number)s cannot be put back. Help them as a walk-in, or ask them to come again."
    ),
    "transfer_nowhere": _("Say where to: a service, a desk or a person."),
    "transfer_closed": _("%(service)s is closed, so nobody can be sent there. Choose another service or a desk."),
    "transfer_unserved": _("No desk takes %(service)s, so nobody would be called. Choose a desk or a person."),
    "times_implausible": _(
        "These times cannot be right for %(number)s: they run in order, on the visit's own day, and none is still to"
        " come. Look again at each."
    ),
    "desk_closed": _("%(desk)s is closed, so there is nothing to hand over. Open it instead."),
    "no_help_asked": _("%(desk)s is not asking for help any more."),
    "help_is_anothers": _("Only whoever called for help at %(desk)s can end it."),
    "unknown_preference": _("There is no preference called %(name)s like this. There are: %(names)s."),
    # what is owed
    "promise_without_words": _("Write what happens next, in a sentence."),
    "call_back_to_nobody": _("Write whom to ring, and the number."),
    "unknown_alert": _("There is no such alert. It may have been over for a while."),
    "unknown_feedback": _("Nothing that was told has this reference. It may have been deleted."),
    "feedback_kind": _("Feedback cannot be of the kind %(kind)s. The kinds are: %(kinds)s."),
    "feedback_source": _("Feedback cannot come from %(source)s. It comes from: %(sources)s."),
    "feedback_theme": _("There is no theme called %(theme)s. The themes are: %(themes)s."),
    "feedback_nothing": _("A complaint needs a theme or a few words, so that somebody can look into it."),
    "feedback_no_words": _("Nothing is written. Write what there is to say, and save again."),
    "feedback_has_words": _("Something was written already, and is kept. A receptionist can note what else there is."),
    "feedback_step": _("That does not fit a %(kind)s that is %(state)s. Look again: somebody may have been quicker."),
    "feedback_owner": _("Only somebody who may read feedback can be given it. Choose one from the list."),
    "feedback_changed": _("Nothing was done: this has changed since you opened it. Look at it again."),
    "feedback_overtaken": _("Something else has happened to it since, so this cannot be taken back. Look at it again."),
    "feedback_acknowledged_already": _("It was acknowledged already. The next step is the answer."),
    "feedback_no_reason": _("Say why the answer takes longer: the letter gives the reason."),
    "feedback_extension": _("An answer can be put off by 1 to %(longest)s working days. Give a number among these."),
    "feedback_finding": _("A complaint cannot be found %(finding)s. It is one of: %(findings)s."),
    "feedback_too_many": _("The words of more than %(most)s cannot be taken at once. Choose a shorter period."),
    "feedback_last_stage": _("This was the last stage here. Who is still not content may go to the ombudsman."),
    "said_and_done_empty": _("Write both: what people said, and what was done."),
    "unknown_team": _("There is no team called %(team)s. The teams are: %(teams)s."),
    "due_implausible": _("This date cannot be kept: choose a day from today on, at most two years ahead."),
    "unknown_promise": _("There is no such promise. It may belong to another office; load the list again."),
    "promise_ended": _("%(reference)s is already %(state)s, so it does not change any more."),
    # appointments
    "appointment_not_found_for_staff": _(
        "No appointment of today fits. Look in today's list, or greet them as somebody without one."
    ),
    "appointment_early_for_staff": _(
        "They are early: the appointment is at %(booked_time)s, and can be checked in from %(from_time)s or, if you say"
        " so, now."
    ),
    "appointment_used_for_staff": _(
        "This appointment was checked in already and that visit has ended. Greet them as somebody without one."
    ),
    "nothing_taken_in": _("Nothing was taken in. %(why)s"),
    # rules of the day
    "ruling_changed": _("Nothing was done: this was decided otherwise meanwhile. Look at it again."),
    "until_past": _("A decision holds until a time that is still to come today. Choose one from the list."),
    "quota_no_number": _("A quota is a number of tickets, such as 40. Leave it empty for as many as come."),
    "serves_nothing": _("%(desk)s would take nothing. Choose at least one service, or close the desk."),
    "kiosk_locked": "%(text)s",  # a manager's words
    # a kiosk that was alone
    "number_not_lent": _("The number %(number)s of %(day)s was not lent to this kiosk, so it is nobody's."),
    "number_given": _("The number %(number)s has been given to somebody else. Nothing was changed."),
    "arrival_implausible": _(
        "%(number)s cannot have been given later than now. Nothing was changed: set the kiosk's clock."
    ),
    # who asks
    "key_needed": _(
        "This needs a key that still works. Send it as: Authorization: Bearer KEY."
        " The command reception key add makes one."
    ),
    "not_allowed": _("This key or sign-in may not do that."),
    "signed_out": _("You are signed out, so nothing was done. Sign in and try again."),
    "unknown_question": _("There is no question called %(question)s here."),
    "unknown_key": _("No key that still works has the name or id %(key)s."),
    "unknown_person": _("Nobody of this office who may sign in has this id. Load the list of people again."),
    "unknown_role": _("There is no role called %(role)s. The roles are: %(roles)s."),
    "unknown_code": _("No screen shows this code now. Codes are good for a few minutes: load the screen's page again."),
    "too_many_codes": _("Too many screens wait to be paired. Approve some under Manage, or wait %(minutes)s minutes."),
    "link_used": _("This link has been used or has run out. Ask for a new one."),
    "sign_in_taken": _("Somebody already signs in as %(sign_in)s. Choose another name to sign in with."),
    "nothing_to_say": _("There is nothing to say, or too much at once: at most %(longest)s characters."),
    "too_much_said": _("This screen has had too much said at once. Wait a minute and try again."),
    "no_voice": _("There is nobody to say it: no voice is installed."),
    "key_used_otherwise": _(
        "This Idempotency-Key was used for a different question. Use a new key for a new question."
    ),
    "poor_idempotency_key": _(
        "An Idempotency-Key is 1 to %(longest)s plain letters, digits and signs (ASCII). Nothing was done."
    ),
    "not_json": _("What was sent is not marked as JSON. Send it with Content-Type: application/json."),
    "malformed_json": _("What was sent is not JSON, so nothing was done. Check its quotes, commas and brackets."),
    "wrong_values": _("The question is not well formed: %(mistakes)s."),
    # the figures
    "figures_need_alone": _("Figures by need know no service, desk, hour or language: choose the need alone."),
    "figures_unknown_service": _(
        "No service called %(given)s is in the settings, and nobody ever came for one. There are: %(there)s."
    ),
    "figures_unknown_desk": _(
        "No desk called %(given)s is in the settings, and nobody was ever seen at one. There are: %(there)s."
    ),
    "figures_unknown_channel": _("Numbers come from nothing called %(given)s. They come from: %(there)s."),
    "figures_unknown_language": _(
        "The language %(given)s is not in the settings, and nobody ever chose it. There are: %(there)s."
    ),
    "figures_unknown_need": _(
        "No need called %(given)s is in the settings, and nobody's was ever noted. There are: %(there)s."
    ),
    "figures_no_such_time": _(
        "Hours go from 0 to 23 and weekdays from 1, Monday, to 7. A quarter hour is the minute of the day with which it"
        " begins: 555 is 09:15."
    ),
    "staffing_no_such_day": _("%(day)s is not among the days of the plan. Choose one of the coming week."),
    "staffing_no_such_change": _("The plan knows no such change. Choose one with the sliders."),
    "figures_no_such_side": _(
        "%(side)s is nothing to compare with. Write before, year, two days such as 2026-03-02..2026-03-08,"
        " service:KEY or office:KEY."
    ),
    "outage_note_changed": _("Nothing was saved: the note has changed since you opened the page. Look at both."),
    "unknown_outage": _("No outage has this id. Load the figures again; it may have been another office's."),
    "unknown_office": _("No office called %(office)s has visits here."),
    # what is recorded, as tables
    "unknown_table": _("There is no table called %(table)s. docs/data.md lists them all."),
    "unknown_cursor": _("This is not the end of a page of %(table)s that was asked for in this way. Begin again."),
    "changes_unknown": _("What has changed cannot be asked of %(table)s. Ask for its days again."),
    "changes_alone": _("What has changed is asked for without days. Leave out either the days or changed_since."),
    "figures_no_such_figure": _("There is no figure called %(what)s. Go back to the figures and choose one there."),
    "figures_need_apart": _("Needs are kept apart from visits, so nobody can say who the visits behind this are."),
    "figures_own_visits": _("Another office's visits are shown by its own Reception: here are only its figures."),
    "period_backwards": _("The period ends before it begins: %(first)s is after %(last)s. Turn the dates around."),
    "period_not_over": _("%(last)s has not come yet: today is %(today)s. Choose days up to today."),
    "period_too_long": _(
        "From %(first)s to %(last)s is longer than %(years)s years, the most that can be asked for at once. Choose a"
        " later first day, or an earlier last one."
    ),
    "period_too_early": _("%(first)s is too long ago. Choose a day from %(earliest)s on."),
    "period_unreadable": _("%(given)s is not a date. Write it as year, month and day: 2026-03-02."),
    "month_unreadable": _("%(given)s is not a month. Write it as year and month: 2026-10."),
    "month_not_over": _("%(month)s is not over yet. Choose an earlier month."),
    "month_too_old": _("%(month)s is too long ago. Choose a month of the last twenty years."),
    "month_without_figures": _(
        "Nothing is known of %(month)s: nobody had come yet. Choose a later month, or give its figures from elsewhere."
    ),
    "no_paper": _("The sheet could not be made, so nothing was published. Try again; the figures are as they were."),
    # the store
    "disk_full": _(
        "The server's disk is full, so nothing was done. Nothing stored is lost. Tell whoever looks after the server."
    ),
    "database_busy": _("The database is held by another program, so nothing was done. Try again in a moment."),
    "database_damaged": _(
        "The database is damaged, so nothing was done. Whoever looks after the server can restore a backup."
    ),
    "database_fault": _("The database could not keep this, so nothing was done. Try again; nothing stored is lost."),
}

STATES = {
    "waiting": _("waiting"),
    "called": _("called"),
    "serving": _("being helped"),
    "held": _("on hold"),
    "no_show": _("not here"),
    "completed": _("finished"),
    "left": _("left"),
    "cancelled": _("cancelled"),
    "kept": _("kept"),
    "withdrawn": _("withdrawn"),
    "open": _("open"),
    "put_right": _("put right"),
    "answered": _("answered"),
    "closed": _("closed"),
}


SAID_TIMES = (  # the name in a sentence, the refusal's value, how it is said
    ("booked", "booked_at", times.day_and_time),
    ("booked_time", "booked_at", times.time_of_day),
    ("from_time", "from_at", times.time_of_day),
    ("ends_time", "ends_at", times.time_of_day),
)


def sentence(refusal: Refusal | StoreFault, settings) -> str:
    """The refusal in the reader's language. Times are said by the office's clock."""
    values = {name: visible(value) if isinstance(value, str) else value for name, value in refusal.values.items()}
    key = refusal.key
    if key == "screen_out_of_date" and not values.get("number"):
        key = "screen_out_of_date_nobody"
    if "opens_at" in values:
        opens = values.pop("opens_at")
        key = key if opens else f"{key}_long"
        values["opens"] = opens and times.weekday_and_time(opens, settings.zone)
    for name, instant, shape in SAID_TIMES:
        if at := values.get(instant):
            values[name] = shape(at, settings.zone)
    if "month" in values:
        values["month"] = times.month(first_day(values["month"]))
    if key in VISITORS and "service" in values:
        values["service"] = said(values["service"])
    if values.get("state") in STATES:
        values["state"] = str(STATES[values["state"]])
    return str(SENTENCES[key]) % values


def visible(text: str) -> str:
    """Somebody's text, fit to stand in a sentence: what cannot be seen, or would turn the rest around, shows as �."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text)
