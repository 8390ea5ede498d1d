"""The database for analysts: its answers are the figures', it is named and described, and tells of nobody."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from reception.data import database
from reception.data.tables import TABLES
from reception.figures import Figures
from reception.keeping import KeepingError
from tests.builders import instant

MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def one(found: list[tuple]) -> tuple:
    (row,) = found
    return row


def test_the_share_of_a_month_in_sql_is_the_figures(sql, figures, later):
    total = figures.between(*MARCH, later.now())["total"]
    found = one(
        sql(
            "SELECT sum(judged), sum(in_time), avg(in_time),"
            " count(*) FILTER (WHERE NOT excluded AND result <> 'recent') FROM waits"
            " WHERE day BETWEEN '2026-03-01' AND '2026-03-31'"
        )
    )
    assert found == (total["n"], total["hits"], pytest.approx(total["share"]), total["arrivals"])
    assert total["n"] > 500 and total["misses"] > 20 and total["outage"] > 0


@pytest.mark.parametrize(("place", "figure"), [(50, "median_ms"), (90, "p90_ms"), (95, "p95_ms"), (100, "longest_ms")])
def test_the_ranks_of_a_month_in_sql_are_the_figures(sql, figures, later, place, figure):
    found = one(
        sql(
            "WITH seen AS (SELECT wait_seconds, row_number() OVER (ORDER BY wait_seconds) AS nth, count(*) OVER () AS n"
            "              FROM waits WHERE seen AND NOT excluded AND day BETWEEN '2026-03-01' AND '2026-03-31')"
            " SELECT min(wait_seconds) FROM seen WHERE nth * 100 >= n * ?",
            place,
        )
    )
    assert found[0] * 1000 == figures.between(*MARCH, later.now())["total"][figure]


def test_each_days_and_months_figures_are_those_of_that_day_and_month(sql, figures, later):
    months = {"2026-02": (date(2026, 2, 1), date(2026, 2, 28)), "2026-03": MARCH}
    days = {f"2026-03-{day:02d}": (date(2026, 3, day),) * 2 for day in (2, 13, 29, 31)}
    for name, column, spans in (("figures_by_day", "day", days), ("figures_by_month", "month", months)):
        for key, span in spans.items():
            total = figures.between(*span, later.now())["total"]
            told = sql(
                f"SELECT n, hits, misses, arrivals, seen, no_shows, left, cancelled, outage, inferred, share,"
                f" share_of_all, median_seconds * 1000, longest_seconds * 1000 FROM {name} WHERE {column} = ?",
                key,
            )
            names = "n hits misses arrivals seen no_shows left cancelled outage inferred share share_of_all".split()
            expected = tuple(total[name] for name in (*names, "median_ms", "longest_ms"))
            assert told == ([expected] if total["arrivals"] else []), key


def test_each_services_figures_are_those_of_that_service(sql, figures, later):
    report = figures.between(*MARCH, later.now())
    told = sql("SELECT service, service_name, n, hits, arrivals FROM figures_by_service WHERE month = '2026-03'")
    expected = [(row["key"], row["name"], row["n"], row["hits"], row["arrivals"]) for row in report["services"]]
    assert sorted(told) == sorted(expected)


def test_later_legs_waits_are_the_figures(sql, figures, later):
    report = figures.between(*MARCH, later.now())["total"]["later_legs"]
    later_legs = "FROM legs WHERE leg > 1 AND day LIKE '2026-03%'"
    told = one(sql(f"SELECT count(wait_seconds), max(wait_seconds) * 1000 {later_legs}"))
    assert told == (report["n"], report["longest_ms"])
    assert report["n"] > 3


def test_outcomes_and_durations_are_the_figures(sql, figures, later):
    total = figures.between(*MARCH, later.now())["total"]
    told = dict(sql("SELECT outcome, count(*) FROM visits WHERE day LIKE '2026-03%' AND outcome <> '' GROUP BY 1"))
    assert {key.replace(" ", "_"): count for key, count in told.items()} == {
        key: count for key, count in total["outcomes"].items() if count
    }
    for column, figure in (("service_seconds", "service_time"), ("acknowledgement_seconds", "acknowledgement")):
        there = "FROM waits WHERE day LIKE '2026-03%' AND result <> 'cancelled'"
        found = one(sql(f"SELECT count({column}), max({column}) * 1000 {there}"))
        assert found == (total[figure]["n"], total[figure]["longest_ms"])


def test_desks_at_work_add_up_to_the_use_of_desks(sql, figures, later):
    use = figures.between(*MARCH, later.now())["use"]
    told = dict(sql("SELECT state, sum(until_at - from_at) FROM desks_at_work WHERE day LIKE '2026-03%' GROUP BY 1"))
    assert (told["open"] + told["paused"], told["paused"]) == (use["open_ms"], use["breaks_ms"])


def test_promises_and_appointments_are_counted_as_the_figures_count_them(sql, figures, later):
    report = figures.between(*MARCH, later.now())
    start, end = instant("2026-03-01 00:00"), instant("2026-04-01 00:00")
    told = one(
        sql(
            "SELECT count(*), coalesce(sum(in_time), 0) FROM promises WHERE state <> 'withdrawn'"
            " AND first_due_at >= ? AND first_due_at < ?",
            *(start, end),
        )
    )
    assert told == (report["next_steps"]["kept"]["n"], report["next_steps"]["kept"]["hits"])
    booked = dict(sql("SELECT state, count(*) FROM appointments WHERE day LIKE '2026-03%' GROUP BY 1"))
    assert booked["arrived"] == report["appointments"]["arrived"]
    assert booked["not attended"] == report["appointments"]["not_attended"]


def test_local_times_stand_beside_utc_with_their_distance_from_it(sql):
    for month, distance in (("2026-03-02", "+00:00"), ("2026-04-01", "+01:00")):
        at, local, hour = sql("SELECT arrived_at, arrived_local, hour FROM visits WHERE day = ? LIMIT 1", month)[0]
        assert local.startswith(f"{month}T{hour:02d}:") and local.endswith(distance)
        assert one(sql("SELECT unixepoch(?)", local)) == (at // 1000,)


def test_a_replay_of_the_steps_ends_where_the_visits_are(sql):
    last = "SELECT state FROM steps WHERE steps.visit = visits.visit AND state <> '' ORDER BY step_number DESC LIMIT 1"
    assert one(sql(f"SELECT count(*) FROM visits WHERE state <> ({last})")) == (0,)


def test_nothing_about_a_person_and_no_secret_is_in_it(analysts, later):
    content = analysts[0].read_bytes()
    store = later.store.reader
    for found in (
        "SELECT token FROM visits WHERE token <> ''",
        "SELECT text FROM particulars WHERE length(text) > 6",
        "SELECT reference FROM appointments UNION SELECT reference FROM promises",
        "SELECT DISTINCT by FROM steps WHERE by LIKE 'person:%'",
        "SELECT person FROM desks WHERE person <> ''",
    ):
        told = [row[0] for row in store.execute(found).fetchall()]
        assert [text for text in told if text.encode() in content] == [], found
    assert store.execute("SELECT count(*) FROM particulars").fetchone()[0] > 0


def test_what_people_told_is_counted_with_its_dates_and_without_a_word_of_it(door, hands, tmp_path):
    words = {"text": "The ramp was blocked all morning", "contact": "robin@example.org"}
    told = door.give_feedback(kind="complaint", theme="other", source="letter", by="person:m", service="tax", **words)
    hands.go(days=1)
    door.answer_feedback(feedback=told.id, by="person:m", finding="not_upheld", answer="We have looked into it")
    door.give_feedback(kind="compliment", source="kiosk", by="kiosk", text="Lovely people")
    figures, file = Figures(door.settings, door.store), tmp_path / "told.db"
    database.write(figures, file, door.now())
    with closing(sqlite3.connect(file)) as found:
        rows = found.execute("SELECT kind, state, theme, service_name, day FROM feedback ORDER BY made_at").fetchall()
        stages = found.execute("SELECT stage, day, promised_on, answered_on, in_time, finding FROM feedback_stages")
        assert rows == [
            ("complaint", "answered", "other", "Council Tax", "2026-03-02"),
            ("compliment", "open", None, None, "2026-03-03"),
        ]
        assert stages.fetchall() == [(1, "2026-03-02", "2026-03-09", "2026-03-03", 1, "not upheld")]
    content = file.read_bytes()
    hidden = (*words.values(), "looked into", "Lovely", told.reference)
    assert [text for text in hidden if text.encode() in content] == []


def test_its_tables_and_columns_are_the_list_and_all_are_described(analysts):
    file, metadata = analysts
    with closing(sqlite3.connect(file)) as found:
        names = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: [row[1] for row in found.execute(f"PRAGMA table_info({name})")] for name in names}
    own = {name: table for name, table in columns.items() if not name.startswith("sqlite_")}
    assert own == {"about": list(database.ABOUT)} | {name: list(table.names) for name, table in TABLES.items()}
    described = metadata["databases"]["front-desk"]["tables"]
    assert {name: list(table["columns"]) for name, table in described.items()} == {
        name: own[name] for name in described
    }
    assert set(described) == set(own)
    assert metadata["license"] == "For this council's own use"


def test_a_period_holds_its_days_alone(later, figures, tmp_path):
    file = tmp_path / "week.db"
    counts = database.write(figures, file, later.now(), date(2026, 3, 2), date(2026, 3, 6))
    with closing(sqlite3.connect(file)) as found:
        days = {day for (day,) in found.execute("SELECT DISTINCT day FROM visits UNION SELECT DISTINCT day FROM steps")}
        held = found.execute("SELECT count(*) FROM visits").fetchone()[0]
        about = found.execute("SELECT name, first_day, last_day FROM about").fetchone()
    assert days == {f"2026-03-{day:02d}" for day in range(2, 7)}
    assert held == counts["visits"] > 100
    assert about == ("Fernleigh Council", "2026-03-02", "2026-03-06")


def test_one_that_cannot_be_made_leaves_the_older_one_alone(later, figures, tmp_path):
    file = tmp_path / "front-desk.db"
    database.write(figures, file, later.now(), date(2026, 3, 2), date(2026, 3, 2))
    before = file.read_bytes()
    with pytest.raises(KeepingError, match="was not made"):
        database.write(figures, tmp_path / "nowhere" / "x.db", later.now())
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["front-desk.db"]


def test_the_questions_that_come_with_it_are_answered(analysts, sql):
    for name, question in analysts[1]["databases"]["front-desk"]["queries"].items():
        assert len(sql(question["sql"])) > 2, name
