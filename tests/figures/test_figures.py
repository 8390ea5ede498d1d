from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.figures import Asked, Figures, period
from reception.figures.asking import LONGEST_PERIOD
from reception.hours import day_bounds
from reception.keeping import forget
from reception.refusals import Refusal
from tests.builders import LONDON, TEN, Counter, Hands, instant, office, open_door
from tests.figures.oracle import Story, expected, same

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
TARGET, WALK = 300_000, 25_000
SAID = {"start": "started", "not_here": "no_show", "return_to_line": "returned", "reinstate": "reinstated",
        "leave": "left", "cancel": "cancelled", "recall": "recalled", "finish": "completed"}  # fmt: skip


def figures_of(door: Counter, **kwargs) -> Figures:
    return Figures(door.settings, door.store, door.writer, **kwargs)


def kept(door: Counter) -> dict[tuple[str, str], bytes]:
    """What is kept: (first day, column) -> its bytes."""
    rows = door.store.reader.execute("SELECT first, name, data FROM kept_facts ORDER BY first, name").fetchall()
    return {(first, name): data for first, name, data in rows}


def days_kept(door: Counter) -> list[str]:
    return sorted({first for first, _name in kept(door)})


def with_kept(door: Counter, now: int) -> Figures:
    """The figures, with all finished days kept."""
    figures = figures_of(door)
    figures.catch_up(now)
    return figures


def seen_after(door: Counter, hands: Hands, service: str = "tax", **wait):
    door.ticket(service)
    hands.go(**wait)
    return door.take("start", door.next())


def a_monday(door: Counter, hands: Hands) -> None:
    """Two seen in time, one too late, one who left in time, one who was not there; then it is Tuesday noon."""
    door.take("finish", seen_after(door, hands, minutes=1))
    door.take("finish", seen_after(door, hands, "housing", minutes=5))
    door.take("finish", seen_after(door, hands, "housing", minutes=14))
    door.take("leave", door.ticket())
    door.ticket()
    door.take("not_here", door.next())
    hands.go_to("2026-03-03 12:00")
    door.catch_up()


def test_a_day_at_the_desk_becomes_its_figures(door, hands):
    a_monday(door, hands)
    found = figures_of(door).between(MONDAY, MONDAY, hands.wall)
    total = found["total"]
    assert (total["n"], total["hits"], total["share"]) == (3, 2, 2 / 3)
    assert (total["median_ms"], total["p90_ms"], total["longest_ms"]) == (300_000, 840_000, 840_000)
    assert (total["longest_service"], total["longest_at"]) == ("housing", TEN + 360_000)
    assert (total["arrivals"], total["left"], total["no_shows"], total["left_without_being_seen"]) == (5, 1, 1, 2)
    assert [(service["name"], service["n"]) for service in found["services"]] == [
        ("Council Tax", 1), ("Parking", 0), ("Housing", 2),
    ]  # fmt: skip
    assert [(hour["hour"], hour["n"]) for hour in found["hours"]] == [(10, 3)]
    assert found["distribution"][0] == found["distribution"][4] == found["distribution"][13] == 1


def test_today_is_measured_as_it_stands(door, hands):
    seen_after(door, hands, minutes=1)
    waiting = door.ticket()
    hands.go(minutes=6)
    total = figures_of(door).between(MONDAY, MONDAY, hands.wall)["total"]
    assert (total["hits"], total["misses"], total["longest_ms"], total["longest_at"]) == (
        1,
        1,
        360_000,
        waiting.arrived_at,
    )
    assert kept(door) == {}


def test_a_finished_day_is_kept_and_reads_the_same(door, hands):
    a_monday(door, hands)
    fresh = figures_of(door).between(MONDAY, TUESDAY, hands.wall)
    assert with_kept(door, hands.wall).between(MONDAY, TUESDAY, hands.wall) == fresh
    assert days_kept(door) == ["2026-03-02"]


def test_what_is_kept_is_what_is_read(door, hands):
    """The negative's positive: a column that says otherwise would be believed."""
    a_monday(door, hands)
    figures = with_kept(door, hands.wall)
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    assert figures.between(MONDAY, MONDAY, hands.wall)["total"]["misses"] == 5


def test_what_is_made_anew_is_what_the_visits_say(door, hands):
    a_monday(door, hands)
    afresh = Figures(door.settings, door.store).between(MONDAY, TUESDAY, hands.wall)
    figures = with_kept(door, hands.wall)
    before = kept(door)
    late = bytes([1]) * 5
    door.writer.do(lambda store: (store.execute("UPDATE kept_facts SET data = ? WHERE name = 'fate'", (late,)), None))
    assert figures.rebuild(hands.wall) == 1
    assert kept(door) == before
    assert figures.between(MONDAY, TUESDAY, hands.wall) == afresh


def test_a_month_of_kept_days_becomes_one_and_reads_the_same(door, hands):
    a_monday(door, hands)
    hands.go_to("2026-03-20 12:00")
    a_monday_again = door.take("finish", seen_after(door, hands, minutes=7))
    hands.go_to("2026-04-01 12:00")
    door.catch_up()
    fresh = figures_of(door).between(MONDAY, date(2026, 3, 31), hands.wall)
    figures = with_kept(door, hands.wall)
    assert days_kept(door) == ["2026-03-02"]
    assert figures.between(MONDAY, date(2026, 3, 31), hands.wall) == fresh
    part = Figures(door.settings, door.store)
    assert part.between(TUESDAY, date(2026, 3, 25), hands.wall)["total"]["longest_ms"] == 420_000
    door.writer.do(
        lambda store: (
            store.execute("UPDATE visits SET seen_at = seen_at + 1 WHERE id = ?", (a_monday_again.id,)),
            None,
        )
    )
    assert days_kept(door) == []
    assert with_kept(door, hands.wall).between(MONDAY, date(2026, 3, 31), hands.wall) != fresh


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE visits SET seen_at = seen_at - 600000 WHERE seen_at IS NOT NULL",
        "UPDATE visits SET state = 'cancelled' WHERE state = 'completed'",
        "UPDATE visits SET day = '2026-03-01', arrived_at = arrived_at - 86400000, seen_at = seen_at - 86400000",
        "DELETE FROM visits",
    ],
)
def test_an_old_day_that_changes_is_measured_again(door, hands, change):
    a_monday(door, hands)
    before = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]
    door.writer.do(lambda store: (store.execute(change), None))
    after = figures_of(door).between(MONDAY, MONDAY, hands.wall)
    assert after["total"] != before
    assert after == Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)


def test_forgetting_links_keeps_what_is_kept(door, hands):
    a_monday(door, hands)
    with_kept(door, hands.wall)
    door.writer.do(lambda store: (store.execute("UPDATE visits SET token = NULL"), None))
    assert days_kept(door) == ["2026-03-02"]


def test_a_step_undone_after_midnight_changes_its_own_day(tmp_path):
    hands = Hands(instant("2026-03-02 23:54"))
    door = open_door(tmp_path / "reception.db", hands)
    visit = door.take("leave", door.ticket())
    hands.go_to("2026-03-03 00:06")
    figures = with_kept(door, hands.wall)
    assert figures.between(MONDAY, MONDAY, hands.wall)["total"]["left"] == 1
    assert days_kept(door) == ["2026-03-02"]
    door.undo(by="person:1", visit=visit.id)
    assert kept(door) == {}
    door.catch_up()
    assert figures.between(MONDAY, MONDAY, hands.wall)["total"]["closed_unserved"] == 1
    door.store.close()


def test_a_step_on_yesterdays_visitor_finds_them_closed_with_their_day(door, hands):
    visit = door.ticket()
    hands.go_to("2026-03-03 00:00")
    with pytest.raises(Refusal) as refused:
        door.take("leave", visit)
    assert refused.value.key == "visit_ended"
    assert door.stored(visit).ended_inferred


def test_a_day_measured_while_it_changed_is_not_kept(door, hands):
    a_monday(door, hands)

    def while_measuring(work, *given):
        answer = work(*given)
        late = door.visits()[0]
        door.writer.do(lambda store: (_touch(store, door, late, hands.wall), None))
        return answer

    figures_of(door, aside=while_measuring).catch_up(hands.wall)
    assert kept(door) == {}


def _touch(store, door, visit, at):
    newest = store.last_step(door.office)[0]
    store.execute(
        "INSERT INTO steps (office, number, visit, step, at, by, press, changes)"
        " VALUES (?, ?, ?, 'corrected', ?, 'person:1', ?, '{}')",
        (door.office, newest + 1, visit.id, at, newest + 1),
    )


def test_a_day_that_somebody_has_not_left_yet_is_not_kept(door, hands):
    door.ticket()
    hands.go_to("2026-03-03 12:00")
    assert with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]["longest_ms"] == 26 * 3_600_000
    assert kept(door) == {}
    door.catch_up()
    assert with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]["closed_unserved"] == 1
    assert days_kept(door) == ["2026-03-02"]


def test_last_years_figures_are_computed_by_last_years_settings(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    assert figures_of(door).note_rules(hands.wall)
    a_monday(door, hands)
    before = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)
    stricter = Figures(office(promise={"target_seconds": 60}), door.store, door.writer)
    assert stricter.note_rules(hands.wall)
    assert not stricter.note_rules(hands.wall)  # they are noted already
    assert stricter.between(MONDAY, MONDAY, hands.wall) == before
    seen_after(door, hands, minutes=2)
    hands.go(minutes=10)
    assert stricter.between(TUESDAY, TUESDAY, hands.wall)["total"]["hits"] == 0
    both = stricter.between(MONDAY, TUESDAY, hands.wall)
    assert (both["target_seconds"], [rule["target_seconds"] for rule in both["rules"]]) == (None, [300, 60])
    assert stricter.note_rules(hands.wall, since=MONDAY)  # the note came late: it held since Monday
    assert stricter.between(MONDAY, MONDAY, hands.wall)["total"]["hits"] == 1
    door.store.close()


def test_an_outage_of_the_server_takes_the_waits_it_fell_into_apart(door, hands):
    a_monday(door, hands)
    before = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)["total"]
    away = ("office", "o1", "server_away", "", TEN + 700_000, TEN + 710_000)
    sql = "INSERT INTO outages VALUES (?, ?, ?, ?, ?, ?)"
    door.writer.do(lambda store: (store.execute(sql, away), None))
    found = with_kept(door, hands.wall).between(MONDAY, MONDAY, hands.wall)
    total = found["total"]
    assert (before["n"], total["n"], total["outage"], total["share"]) == (3, 2, 1, 1.0)
    assert total["share_with_outages"] == before["share"] == 2 / 3
    assert [outage["kind"] for outage in found["outages"]] == ["server_away"]


def test_what_is_excluded_is_counted_beside(door, hands):
    a_monday(door, hands)
    rules = office(figures={"punctual_minutes": 5, "return_days": 14, "exclude": {"services": ["housing"]}})
    total = Figures(rules, door.store).between(MONDAY, MONDAY, hands.wall)["total"]
    assert (total["n"], total["excluded"], total["arrivals"]) == (1, 2, 3)
    nobody = office(figures={"punctual_minutes": 5, "return_days": 14, "exclude": {"days": ["2026-03-02"]}})
    total = Figures(nobody, door.store).between(MONDAY, MONDAY, hands.wall)["total"]
    assert (total["n"], total["share"], total["median_ms"], total["excluded"]) == (0, None, None, 5)


def test_any_part_can_be_asked_for(door, hands):
    a_monday(door, hands)
    figures = figures_of(door)

    def n(**asked) -> int:
        return figures.of(Asked(MONDAY, MONDAY, **asked), hands.wall)["total"]["n"]

    assert (n(), n(services=("housing",)), n(services=("parking",))) == (3, 2, 0)
    assert (n(hours=(10,)), n(hours=(11,)), n(weekdays=(1,)), n(weekdays=(2,))) == (3, 0, 3, 0)
    assert (n(desks=("1",)), n(channels=("kiosk",)), n(channels=("desk",)), n(languages=("",))) == (3, 3, 0, 3)
    assert n(services=("housing",), hours=(10,), weekdays=(1, 2)) == 2


@pytest.mark.parametrize(
    "asked", [{"hours": (24,)}, {"weekdays": (0,)}, {"need": "bsl", "hours": (9,)}, {"offices": ("elsewhere",)}]
)
def test_what_cannot_be_asked_is_refused(door, hands, asked):
    with pytest.raises(Refusal):
        figures_of(door).of(Asked(MONDAY, MONDAY, **asked), hands.wall)


def test_forgetting_needs_keeps_their_waits_first(door, hands):
    door.issue(service="tax", needs=["bsl"], by="person:1")
    hands.go(minutes=2)
    door.take("finish", door.take("start", door.next()))
    hands.go_to("2026-03-05 12:00")
    door.catch_up()
    assert forget(door).particulars
    assert figures_of(door).of(Asked(MONDAY, MONDAY, need="bsl"), hands.wall)["total"]["n"] == 1


def test_needs_are_kept_apart_from_visits_and_outlive_them(door, hands):
    visit = door.issue(service="tax", needs=["bsl"], by="person:1").visit
    hands.go(minutes=2)
    door.take("finish", door.take("start", door.next()))
    hands.go_to("2026-03-03 12:00")
    door.catch_up()
    figures = with_kept(door, hands.wall)
    fresh = figures.of(Asked(MONDAY, MONDAY, need="bsl"), hands.wall)["total"]
    door.writer.do(lambda store: (store.execute("DELETE FROM particulars"), None))
    later = figures.of(Asked(MONDAY, MONDAY, need="bsl"), hands.wall)["total"]
    assert (fresh["n"], fresh["median_ms"]) == (later["n"], later["median_ms"]) == (1, 120_000)
    assert [one["key"] for one in figures.between(MONDAY, MONDAY, hands.wall)["needs"]] == ["bsl"]
    assert visit.id not in str(door.rows("SELECT * FROM need_waits"))


def test_a_database_that_takes_nothing_still_answers(door, hands):
    a_monday(door, hands)
    wanted = Figures(door.settings, door.store).between(MONDAY, MONDAY, hands.wall)
    pages = door.store.execute("PRAGMA page_count").fetchone()[0]
    door.store.execute("PRAGMA query_only = ON")
    assert figures_of(door).between(MONDAY, MONDAY, hands.wall) == wanted
    assert pages


def test_a_service_that_only_the_past_knows_is_still_shown(tmp_path, hands):
    door = open_door(tmp_path / "reception.db", hands)
    a_monday(door, hands)
    fewer = office(
        services=[{"key": "tax", "name": "Council Tax", "letter": "A"}], desks=[{"key": "1", "name": "Desk 1"}]
    )
    found = Figures(fewer, door.store).between(MONDAY, MONDAY, hands.wall)
    assert [(service["key"], service["name"]) for service in found["services"]] == [
        ("tax", "Council Tax"),
        ("housing", "housing"),
    ]


def test_nobody_came_is_no_figure(door, hands):
    found = figures_of(door).between(date(2025, 1, 1), date(2025, 12, 31), hands.wall)
    assert (found["total"]["n"], found["total"]["share"], found["hours"]) == (0, None, [])


# -- the whole path against the oracle ---------------------------------------------------------------------------

PRESSES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "ticket",
                "ticket",
                "next",
                "next",
                "start",
                "not_here",
                "return_to_line",
                "reinstate",
                "leave",
                "cancel",
                "recall",
                "finish",
                "undo",
            ]
        ),  # fmt: skip
        st.integers(0, 4),
        st.sampled_from([0, 1, 5_000, 60_000, TARGET - 1, TARGET, TARGET + 1, 1_800_000]),
    ),
    max_size=40,
)
STARTS = ["2026-03-02 10:00", "2026-03-02 22:30", "2026-03-29 00:20", "2026-10-25 00:20"]


@settings(max_examples=40)
@given(PRESSES, st.sampled_from(STARTS))
def test_the_door_and_the_figures_agree_with_the_oracle(tmp_path_factory, presses, start):
    hands = Hands(instant(start))
    door = open_door(tmp_path_factory.mktemp("office") / "reception.db", hands)
    try:
        for press, which, wait in presses:
            hands.go(milliseconds=wait)
            _press(door, press, which)
        stories = _stories(door)
        for now in (hands.wall, hands.go(days=2)):
            if now == hands.wall:
                door.catch_up()
                stories = _stories(door)
            _compare(door, stories, now)
            _compare(door, stories, now)  # from what was kept
    finally:
        door.store.close()


def _press(door: Counter, press: str, which: int) -> None:
    open_visits = sorted(door.look()[1].visits.values(), key=lambda visit: visit.place)
    try:
        if press == "ticket":
            door.ticket(["tax", "housing"][which % 2])
        elif press == "next":
            door.next(str(which % 2 + 1))
        elif press == "undo":
            door.undo(by="person:1", desk=str(which % 2 + 1))
        elif open_visits:
            door.step(press, visit=open_visits[which % len(open_visits)].id, by="person:1", desk=None)
    except Refusal:
        pass  # a press that does not fit changes nothing, and so must not change a figure


def _stories(door: Counter) -> list[Story]:
    """From the steps alone, less what was undone."""
    stories, pasts = {}, {}
    told = door.told()
    undone = {step.undoes for step in told if step.undoes}
    for step in told:
        if not step.visit:
            continue
        if step.step == "issued":
            fields = {name: after for name, (_, after) in step.changes.items()}
            stories[step.visit] = Story(fields["service"], fields["arrived_at"], fields.get("opens_at"))
            if step.press in undone:
                pasts.setdefault(step.visit, []).append((step.at, "cancelled"))
        elif step.press not in undone and step.step != "undone":
            system = step.by == "system"
            at = day_bounds(door.store.visit(door.office, step.visit).day, LONDON)[1] if system else step.at
            pasts.setdefault(step.visit, []).append((at, "closed" if system else step.step))
    for visit, story in stories.items():
        story.happened = pasts.get(visit, [])
    return list(stories.values())


def _compare(door: Counter, stories: list[Story], now: int) -> None:
    figures = figures_of(door)
    days = sorted({figures.today(story.arrived) for story in stories})
    for first, last in [(day, day) for day in days] + ([(days[0], days[-1])] if days else []):
        bounds = day_bounds(first.isoformat(), LONDON)[0], day_bounds(last.isoformat(), LONDON)[1]
        wanted = expected(stories, target=TARGET, now=now, walk=WALK, start=bounds[0], end=bounds[1], zone=LONDON)
        found = figures.between(first, last, now)
        assert same(found["total"], wanted["total"])
        assert all(same(s, wanted["services"][s["key"]]) for s in found["services"] if s["key"] in wanted["services"])
        assert {hour["hour"] for hour in found["hours"]} == set(wanted["hours"])
        assert all(same(hour, wanted["hours"][hour["hour"]]) for hour in found["hours"])


# -- periods -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (None, None, (TUESDAY, TUESDAY)),
        ("", "", (TUESDAY, TUESDAY)),
        ("2026-03-02", None, (MONDAY, MONDAY)),
        (None, "2026-03-02", (MONDAY, MONDAY)),
        ("2026-03-02", "2026-03-03", (MONDAY, TUESDAY)),
        ("2024-03-03", "2026-03-03", (date(2024, 3, 3), TUESDAY)),
    ],
)
def test_a_period_is_whole_days(first, last, days):
    assert period(first, last, TUESDAY) == days


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-03-03", "2026-03-02", "period_backwards"),
        ("2026-03-03", "2026-03-04", "period_not_over"),
        ("1986-03-03", "2026-03-03", "period_too_long"),
        ("2006-01-01", "2026-03-03", "period_too_long"),
        ("yesterday", None, "period_unreadable"),
        ("2026-02-30", None, "period_unreadable"),
        ("20260302", None, "period_unreadable"),
        ("2026-W10-1", None, "period_unreadable"),
        ("٢٠٢٦-٠٣-٠٢", None, "period_unreadable"),
        ("0000-00-00", "9999-99-99", "period_unreadable"),
    ],
)
def test_a_period_that_is_none_is_refused_with_its_reason(first, last, why):
    with pytest.raises(Refusal) as refused:
        period(first, last, TUESDAY)
    assert (refused.value.key, refused.value.status) == (why, 422)
    assert LONGEST_PERIOD == 7320  # twenty years
