"""What the bench's table rests on: a bare server that is bare, percentiles, and a page written between its marks."""

from bench import full_line
from bench.measures import share
from bench.servers import ROOT
from bench.table import BEGIN, END, PAGE, Row, compared, markdown, write


def test_the_bare_server_is_one_file_under_a_hundred_lines_that_knows_nothing_of_reception():
    text = (ROOT / "bench" / "bare.py").read_text()
    assert len(text.splitlines()) < 100
    assert "from reception" not in text and "import reception" not in text


def test_a_percentile_is_the_value_that_so_many_do_not_exceed():
    values = [float(value) for value in range(100, 0, -1)]
    assert (share(values, 0.5), share(values, 0.95), share(values, 0.99)) == (50.0, 95.0, 99.0)
    assert share([7.0], 0.95) == 7.0


def test_a_bar_is_missed_by_the_ratio_or_by_the_time():
    bar = {"of": 0.5, "times": 1.5, "within": 0.05}
    assert compared("", "", [0.015], [0.010], **bar).held
    assert not compared("", "", [0.016], [0.010], **bar).held
    assert not compared("", "", [0.060], [0.050], **bar).held


def test_the_table_is_written_between_the_marks_and_nothing_else_is_touched(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    table = markdown([Row("a", "≤ 1", "2", False, 0.25)], about=["Measured."])
    write(table, page)
    assert page.read_text() == f"before\n{BEGIN}\n{table}\n{END}\nafter\n"
    assert "| a | ≤ 1 | 2 | **no** | 0.2 |" in table


def test_the_page_has_its_marks():
    assert BEGIN in PAGE.read_text() and END in PAGE.read_text()


def test_a_full_line_has_every_rule_at_work(tmp_path):
    server = full_line.office(tmp_path / "line", 24)
    states = dict(server.rows("SELECT state, count(*) FROM visits WHERE state <> 'completed' GROUP BY state"))
    assert states == {"waiting": 24, "held": 5, "serving": 8}
    some = (
        "standing LIKE '%appointment%'",
        "standing LIKE '%transferred%'",
        "kept_for IS NOT NULL",
        "skipped_by IS NOT NULL",
    )
    found = {what: server.rows(f"SELECT count(*) > 0 FROM visits WHERE state = 'waiting' AND {what}") for what in some}
    assert found == dict.fromkeys(some, [(1,)])
    assert server.rows("SELECT count(*) > 0 FROM particulars WHERE kind = 'needs'") == [(1,)]
    assert {kind for (kind,) in server.rows("SELECT kind FROM rulings")} == {"serves", "quota"}
