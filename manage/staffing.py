"""How many desks it takes, for managers: the next hour, the coming week against the roster, what a change would do, and
how right it was. It works nothing out: `parts.staffing` does, in the background, and this shows the last it has.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from flask import redirect, render_template, request, url_for

from manage import staffing_answer_words as answers
from manage import staffing_asked as asked
from manage import staffing_chart as chart
from manage import staffing_words as say
from manage.frame import blueprint, desk_name, service_name
from reception.refusals import Refusal
from reception.staffing import Changes, DayPlan, Plan
from reception.staffing.made_of import changed_since
from reception.web.access import only
from reception.web.parts import here
from reception.web.words import sentence


@blueprint.app_template_filter("of_day")
def of_day(minute):
    return say.clock(minute)


@blueprint.get("/staffing")
@only("manage")
def staffing(asker):
    """The last plan there is, a day of it, and what the change in the address would do to that day."""
    found, status = here().staffing, 200
    plan = found.kept()
    shown = {"plan": plan, "progress": found.progress(), "today": found.today(), "look_again": _again}
    if plan:
        try:
            day = asked.day_of(plan)
            shown |= _week(plan) | _day(plan, day) | _what_if(plan, day) | {"unserved": list(_unserved(plan, day))}
        except Refusal as refusal:
            shown |= _week(plan) | {"error": sentence(refusal, here().settings)}
            status = refusal.status
    words = {"say": say, "answers": answers, "chart": chart, "desk_name": desk_name}
    return render_template("manage/staffing.html", asker=asker, **words, **shown), status


@blueprint.post("/staffing/plan")
@only("manage")
def make_plan(asker):
    """Begins to work the week out anew."""
    here().staffing.start()
    return redirect(url_for("manage.staffing"))


@blueprint.post("/staffing/plan/cancel")
@only("manage")
def cancel_plan(asker):
    here().staffing.cancel()
    return redirect(url_for("manage.staffing"))


def _again(anchor: str) -> str:
    """The same page's address, and not quite: to its own address with an anchor a browser only scrolls."""
    given = {name: request.args[name] for name in asked.NAMES if name in request.args}
    look = 2 if request.args.get("look") == "1" else 1
    return url_for("manage.staffing", **given, look=look, _anchor=anchor)


# -- what the page says ----------------------------------------------------------------------------------------------


def _week(plan: Plan) -> dict:
    return {
        "known": [one for one in plan.days if one.half_hours],
        "unknown": [one for one in plan.days if not one.half_hours],
        "week": chart.week(plan.days, plan.goal),
        "short": [(one, [_short(plan, part) for part in one.shortfalls]) for one in plan.days if one.shortfalls],
        "is_off": plan.back_test.key == "off",
        "changed": changed_since(plan.made_of, here().settings),
    }


def _short(plan: Plan, part) -> str:
    return say.short(part, plan.goal, 1000 * plan.target_seconds, desk_name)


def _unserved(plan: Plan, day: DayPlan | None) -> Iterator[dict]:
    """What no desk serves, still: the settings may have changed since the plan was made. To be tried on the day."""
    settings, counts = here().settings, Counter()
    for one in plan.days:
        counts.update(dict(one.unserved))
    everybody = sum(half.people for one in plan.days for half in one.half_hours)
    known = [one for one in plan.days if one.half_hours]
    on = day if day in known else next(iter(known), None)
    for service, people in counts.most_common():
        if service in settings.service and service not in settings.served and everybody and settings.desks:
            desk = settings.desks[0]
            where = {"day": on.day, "skill": f"{desk.key}:{service}", "_anchor": "what-if"}
            said = say.unserved(service_name(service), people / everybody)
            yield {"said": said, "desk": desk.name, "try_at": url_for("manage.staffing", **where)}


def _day(plan: Plan, day: DayPlan | None) -> dict:
    if day is None or not day.half_hours:
        return {"day": day}
    return {"day": day, "day_chart": chart.day(day.half_hours, plan.goal)}


def _what_if(plan: Plan, day: DayPlan | None) -> dict:
    """The form as it was filled in, and the answer; `trying` while it is being worked out."""
    if day is None or not day.half_hours:
        return {}
    settings = here().settings
    skills, lunches = asked.skills(settings), asked.lunches(settings)
    changes = asked.changes(settings, day)
    answer = None if changes == Changes() else here().staffing.what_if(date.fromisoformat(day.day), changes)
    return {
        "form": {name: request.args.get(name, "") for name in ("skill", "lunch")},
        "skills": skills,
        "lunches": lunches,
        "sliders": asked,
        "lunch_slider": asked.lunch_slider(day),
        "lunch_at": changes.lunches[0][1] if changes.lunches else lunches[0][1][1] if lunches else 0,
        "changes": changes,
        "trying": answer is None and changes != Changes(),
        "answer": answer,
        "answer_says": answer and _answer(plan, day, answer),
        "changed_chart": answer and chart.changed(answer.half_hours, plan.goal),
    }


def _answer(plan: Plan, day: DayPlan, answer) -> str:
    changed = answers.changes(answer.changes, desk_name, service_name)
    return answers.what_if(answer, plan, say.rests_on(day), changed)
