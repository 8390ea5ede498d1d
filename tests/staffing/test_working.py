"""The plan as pages and the API ask for it: kept in the store, made aside, told how far it is, and stopped."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from reception.cli import main
from reception.figures.link import Apart
from reception.keys import Keys
from reception.simulating import Habits, simulate
from reception.simulating.written import write
from reception.staffing import Changes, Plan, Progress, work
from reception.staffing.working import PLANS
from reception.store import Store
from reception.web.access import Guesses
from reception.web.parts import Parts
from tests.builders import Hands, instant, open_door
from tests.staffing.rooms import FIRST, room

TODAY = FIRST + timedelta(weeks=5)
MONDAY = instant(f"{TODAY} 08:00")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """(settings, folder) of an office with five weeks behind it."""
    folder = tmp_path_factory.mktemp("made")
    settings = room(server={"data": folder})
    store = Store(folder / "reception.db")
    write(store, settings, simulate(settings, FIRST, 25, habits=Habits(a_day=25)))
    store.close()
    return settings, folder


@pytest.fixture(scope="module")
def planned(made):
    """The parts of that office, once a plan was made."""
    found = parts_at(*made)
    before = found.staffing.kept()
    found.staffing.start()
    yield before, found
    found.store.close()


def parts_at(settings, folder: Path, at: int = MONDAY) -> Parts:
    door = open_door(folder / "reception.db", Hands(at), settings)
    return Parts(settings, door.store, door, Keys(door), Guesses(settings))


@pytest.fixture
def parts(made):
    found = parts_at(*made)
    yield found
    found.store.close()


@pytest.fixture
def empty(tmp_path):
    found = parts_at(room(server={"data": tmp_path}), tmp_path)
    yield found
    found.store.close()


class Later:
    """Whatever is spawned waits until a test says go."""

    def __init__(self, staffing):
        self.waiting = []
        staffing.spawn = self.waiting.append

    def go(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


def test_a_plan_is_of_the_coming_seven_days_and_is_there_after_a_restart(made, planned):
    before, parts = planned
    plan = parts.staffing.kept()
    assert before is None
    assert [day.day for day in plan.days] == [(TODAY + timedelta(days=nth)).isoformat() for nth in range(7)]
    assert [day.key for day in plan.days] == ["ok"] * 5 + ["closed"] * 2
    assert (plan.made_at, plan.goal, plan.target_seconds) == (MONDAY, 0.8, 300)
    assert plan.day(TODAY.isoformat()).whole.days == 5 and plan.day("2030-01-01") is None
    again = parts_at(*made)
    assert again.staffing.kept() == plan
    again.store.close()


def test_the_weeks_behind_are_set_beside_the_office_s_own_figures(planned):
    parts = planned[1]
    back = parts.staffing.kept().back_test
    assert back.key == "too_early"
    assert [week.expected is None for week in back.weeks] == [True, True, False, False]  # after one, two, three, four
    for week in back.weeks:
        monday = date.fromisoformat(week.first)
        total = parts.figures().between(monday, monday + timedelta(days=6), MONDAY)["total"]
        assert (week.people, week.happened) == (total["n"], total["share"])


def test_it_says_how_far_it_is_and_begins_only_once(empty):
    staffing, later = empty.staffing, Later(empty.staffing)
    assert staffing.progress() == Progress()
    staffing.start()
    staffing.start()
    assert staffing.progress() == Progress("working", 0.0, TODAY.isoformat(), MONDAY) and len(later.waiting) == 1
    seen = []

    def process(function, figures, *given):
        seen.append(staffing.progress())
        return function(figures, *given)

    staffing.plans = process
    later.go()
    assert [one.done for one in seen] == [nth / 8 for nth in range(8)]
    assert [one.day for one in seen][-2:] == [(TODAY + timedelta(days=6)).isoformat(), ""]
    assert staffing.progress() == Progress("idle", 1.0)


def test_stopped_it_leaves_the_last_plan_and_can_begin_anew(empty):
    staffing = empty.staffing
    staffing.start()
    plan, later = staffing.kept(), Later(staffing)
    staffing.start()
    staffing.plans = lambda function, figures, *given: (staffing.cancel(), function(figures, *given))[1]
    later.go()
    assert staffing.progress().key == "cancelled" and staffing.kept() == plan
    staffing.plans = None
    staffing.start()
    later.go()
    assert staffing.progress().key == "idle"


def test_a_plan_that_fails_says_so_and_keeps_the_last(empty):
    staffing = empty.staffing
    staffing.start()
    plan = staffing.kept()

    def broken(*_asked):
        raise OSError("no memory")

    staffing.plans = staffing.questions = broken
    staffing.start()
    assert staffing.progress().key == "failed" and staffing.kept() == plan
    assert staffing.what_if(TODAY, Changes(desks=1)).key == "failed"
    assert staffing.today() is None
    staffing.questions = None
    assert staffing.what_if(TODAY, Changes(desks=1)).key == "no_history"


def test_a_plan_of_another_version_is_none(empty):
    def turn(store):
        store.save_staffing_plan("office", 1, '{"made_at": "yesterday"}')
        return None, None

    empty.frontdesk.writer.do(turn)
    assert empty.staffing.kept() is None


def test_each_office_has_its_own(empty):
    empty.staffing.start()
    assert empty.store.staffing_plan("another") is None and empty.store.staffing_plan("office")


def test_it_is_made_at_night_and_where_there_is_none(tmp_path):
    made = room(server={"data": tmp_path}), tmp_path
    at = parts_at(*made, instant(f"{TODAY} 23:00"))
    staffing = at.staffing
    assert staffing.is_due()
    staffing.spawn = lambda work: None
    staffing.start()
    assert not staffing.is_due()  # it is being made
    staffing.cancel()
    assert not staffing.is_due()  # nobody wants it
    at.store.close()
    for hour, due in (("02:00", False), ("04:30", True)):
        later = parts_at(*made, instant(f"{TODAY + timedelta(1)} {hour}"))

        def turn(store):
            plan = Plan(MONDAY, 0.8, 300, ())
            store.save_staffing_plan("office", MONDAY, PLANS.dump_json(plan).decode())
            return None, None

        later.frontdesk.writer.do(turn)
        assert later.staffing.is_due() == due
        later.store.close()


def test_a_what_if_is_worked_out_once_and_is_nothing_until_then(parts):
    staffing, later = parts.staffing, Later(parts.staffing)
    changes = Changes(desks=1)
    assert staffing.what_if(TODAY, changes) is None and staffing.what_if(TODAY, changes) is None
    assert len(later.waiting) == 1
    later.go()
    found = staffing.what_if(TODAY, changes)
    assert found.after.share > found.before.share and found == staffing.what_if_now(TODAY, changes)


def test_the_hour_ahead_is_a_minute_old_at_most_and_knows_who_came_today(parts):
    hands = Hands(instant(f"{TODAY} 10:00"))
    door = open_door(Path(parts.store.path), hands, parts.settings)
    parts.frontdesk = door
    door.set_desk(desk="1", state="open", by="person:1")
    quiet = parts.staffing.today()
    assert quiet.at == hands.wall and quiet.days == 5 and quiet.desk == "2"
    for _one in range(6):
        door.issue(service="tax", by="kiosk:lobby")
    hands.go(seconds=30)
    assert parts.staffing.today() == quiet
    hands.go(seconds=40)
    full = parts.staffing.today()
    assert full.at == hands.wall and full.ahead[0].chance > quiet.ahead[0].chance
    assert full.ahead[0].people > quiet.ahead[0].people + 4
    door.store.close()


def test_a_desk_left_open_overnight_and_a_ruling_of_yesterday_count_in_the_hour_ahead(empty):
    hands = Hands(instant(f"{TODAY} 16:00"))
    door = open_door(Path(empty.store.path), hands, empty.settings)
    empty.frontdesk = door
    door.set_desk(desk="2", state="open", by="person:1")
    door.rule(kind="serves", subject="2", value="tax|", by="person:1", until_at=None)
    hands.go(hours=18)
    looked_at = work.snapshot(empty.figures(), hands.wall)
    assert looked_at.line.desks["2"].state == "open"
    assert looked_at.line.rules.desks["2"].main == {"tax"}
    door.store.close()


def test_days_that_the_figures_leave_out_teach_nothing(made, planned):
    settings, folder = made
    monday = TODAY - timedelta(weeks=1)
    exclude = settings.figures.exclude.model_copy(update={"days": (monday,)})
    without = settings.model_copy(update={"figures": settings.figures.model_copy(update={"exclude": exclude})})
    parts = parts_at(without, folder)
    known = [day.day for day in work.past(parts.figures(), MONDAY + 1)]
    assert monday not in known and monday - timedelta(weeks=1) in known
    parts.store.close()


def test_the_process_beside_answers_as_the_server_itself_would(parts):
    figures, changes = parts.figures(), Changes(people=20)
    apart = Apart(parts.settings, parts.store.path, lambda work, *given: pytest.fail("it was worked out here"))
    try:
        asked = (work.what_if, figures, TODAY, changes, MONDAY)
        assert apart(*asked) == work.what_if(*asked[1:])
    finally:
        apart.stop()


# -- the command ------------------------------------------------------------------------------------------------

OFFICE = """
[[services]]
key = "tax"
name = "Council Tax"
letter = "A"

[[services]]
key = "housing"
name = "Housing"
letter = "B"

[[desks]]
key = "1"
name = "Desk 1"

[[desks]]
key = "2"
name = "Desk 2"
services = ["housing"]
"""


def typed(folder: Path, *words: str):
    file = folder / "office.toml"
    file.write_text(OFFICE)
    done = CliRunner().invoke(main, ["--office", str(file), *words], env={"RECEPTION_DATA": str(folder / "data")})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def test_the_command_prints_the_plan(tmp_path):
    from reception.settings import load

    (tmp_path / "office.toml").write_text(OFFICE)
    settings = load(tmp_path / "office.toml", env={"RECEPTION_DATA": str(tmp_path / "data")})
    today = date.today()
    store = Store(tmp_path / "data" / "reception.db")
    write(store, settings, simulate(settings, today - timedelta(days=21), 15, habits=Habits(a_day=20)))
    store.close()
    status, said = typed(tmp_path, "staffing")
    assert status == 0 and "The goal: 80% are seen within 5 minutes." in said
    assert "How good it is cannot be said yet" in said
    kept = typed(tmp_path, "staffing")[1]
    assert "Working it out" not in kept and kept.strip() in said
    tomorrow = (today + timedelta(days=1)).isoformat()
    alone = typed(tmp_path, "staffing", "--day", tomorrow)[1]
    assert tomorrow in alone and today.isoformat() + "  " not in alone
    for other in ("2020-01-01", "2090-01-01"):
        status, said = typed(tmp_path, "staffing", "--day", other)
        assert status == 1 and f"{other} is not in the plan" in said and "--anew" not in said
        assert "A plan covers the day on which it is made and the 6 days after." in said


def test_the_command_of_an_office_without_a_past_says_so(tmp_path):
    Store(tmp_path / "data" / "reception.db").close()
    status, said = typed(tmp_path, "staffing")
    assert status == 0 and "nobody has come on a day like it yet" in said
