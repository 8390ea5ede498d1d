"""The `reception` command, as an installer types it: on real settings and a real database in a folder of its own."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from reception.cli import main
from reception.keys import Keys
from reception.store import Store
from tests.builders import open_door

OFFICE = """
[office]
name = "Test office"
public_url = "https://queue.example.org"

[[services]]
key = "tax"
name = "Council Tax"
letter = "A"

[[desks]]
key = "1"
name = "Desk 1"
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Types a command where the server has been; gives its status and what it said."""
    file = tmp_path / "office.toml"
    file.write_text(OFFICE)
    monkeypatch.setenv("RECEPTION_DATA", str(tmp_path / "data"))
    Store(tmp_path / "data" / "reception.db").close()

    def typed(*words, office: str | None = None):
        if office is not None:
            file.write_text(office)
        done = CliRunner().invoke(main, ["--office", str(file), *words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output.strip()

    return typed


@pytest.fixture
def keys(tmp_path, run):
    """The keys in the database that the commands write, as a server sees them."""
    door = open_door(tmp_path / "data" / "reception.db", settings=_settings(tmp_path))
    yield Keys(door)
    door.store.close()


def _settings(tmp_path):
    from reception.settings import load

    return load(tmp_path / "office.toml", env={"RECEPTION_DATA": str(tmp_path / "data")})


def test_a_key_is_printed_once_and_opens_its_role(run, keys):
    _, given = run("key", "add", "Lobby", "--role", "kiosk")
    assert (keys.holder(given, "bearer").name, keys.holder(given, "bearer").role) == ("Lobby", "kiosk")
    assert given not in run("key", "list")[1]


def test_a_persons_key_acts_as_them_and_stands_in_the_list(run, keys):
    run("person", "add", "Robin", "--role", "manager")
    _, given = run("key", "add", "Robin's calendar", "--person", "Robin")
    holder = keys.holder(given, "bearer")
    assert (holder.by, holder.role) == (f"person:{keys.people()[0].id}", "manager")
    assert "Robin's calendar" in run("key", "list")[1]


def test_a_revoked_key_opens_nothing_and_stays_in_the_list(run, keys):
    _, given = run("key", "add", "Lobby", "--role", "display")
    assert run("key", "revoke", "Lobby")[0] == 0
    assert keys.holder(given, "bearer") is None
    assert "revoked" in run("key", "list")[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("key", "revoke", "nobody"), "No key that still works has the name or id nobody."),
        (("key", "add", "Lobby", "--role", "boss"), "'boss' is not one of"),
        (("key", "add", "\u202e \x00", "--role", "kiosk"), "The name is empty."),
        (("person", "link", "nobody"), "Nobody signs in as nobody."),
        (("key", "add", "Lobby"), "Say either --role or --person."),
        (("key", "add", "Lobby", "--person", "nobody"), "Nobody signs in as nobody."),
        (("restore", "missing.db"), "There is no file missing.db."),
        (("restore", "/"), "There is no file /."),
        (("backup", "nowhere/copy.db"), "was not made: there is no folder nowhere."),
        (("backup",), "Name a FILE"),
        (("backup", "copy.db", "--nightly", "backups"), "Name a FILE"),
        (("figures", "rules", "--from", "2026-02-31"), "'2026-02-31' is no day of the calendar."),
    ],
)
def test_a_mistake_ends_with_a_sentence(run, words, said):
    status, output = run(*words)
    assert status != 0
    assert said in output


def test_a_person_is_given_a_link_to_choose_a_password(run, keys):
    _, link = run("person", "add", "Ann Other", "--sign-in", "ann", "--role", "manager")
    assert link.startswith("https://queue.example.org/password/")
    holder = keys.holder(link.rsplit("/", 1)[1], "password")
    assert [person.id for person in keys.people()] == [holder.person]
    assert "no password yet" in run("person", "list")[1]
    assert run("person", "add", "Ann Other", "--sign-in", "ANN")[0] == 1


def test_check_is_content_with_a_sound_office(run):
    status, output = run("check")
    assert status == 0
    assert "well formed: 1 services, 1 desks" in output


@pytest.mark.parametrize(
    ("office", "said"),
    [
        (OFFICE.replace("https://queue.example.org", "http://localhost:8000"), "no phone can follow"),
        (OFFICE.replace("https://", "http://"), "is not https"),
        (OFFICE + "[promise]\nnear_seconds = 300", "no warning"),
        (OFFICE, "no desk has the need 'loop'"),
        (OFFICE + "[appointments]\nlate_minutes = 45", "did not attend"),
        (OFFICE + "[holds]\nminutes = 200", "would be refused"),
        (
            OFFICE + '[[teams]]\nkey = "a"\nname = "A"\n[feedback]\nthemes = [{key = "x", name = "X", team = "a"}]',
            "hears of nothing",
        ),
        (OFFICE + '[[signposts]]\nkey = "a"\nname = "Advice"\nchecked = 2020-01-02', "last checked on 2020-01-02"),
    ],
)
def test_check_warns_of_what_is_likely_to_go_wrong(run, office, said):
    status, output = run("check", office=office)
    assert status == 0
    assert said in output


def test_check_finds_whoever_is_named_and_signs_in_as_nobody(run, tmp_path):
    named = OFFICE + '[[alerts]]\nkey = "printer"\nwhat = "device"\nwho = ["admin", "robin", "Sam"]'
    database = tmp_path / "data" / "reception.db"
    database.unlink()
    assert "nobody signs in" not in run("check", office=named)[1]  # there is no database to look at
    assert not database.exists()
    Store(database).close()
    run("person", "add", "Robyn Example", "--sign-in", "robyn")
    run("person", "add", "Sam Example", "--sign-in", "sam")
    said = [line for line in run("check")[1].splitlines() if "nobody signs in" in line]
    assert said == [
        "Warning: alerts: 'printer' is for 'robin', and nobody signs in with that name; did you mean 'robyn'?"
    ]


def test_a_mistake_in_the_settings_is_explained_by_every_command(run):
    status, output = run("key", "list", office=OFFICE.replace("letter", "leter"))
    assert status == 1
    assert "did you mean 'letter'?" in output


def test_the_commands_are_listed_with_whole_sentences(run):
    said = run("--help")[1]
    assert "..." not in said.partition("Commands:")[2] and "evaluate" in said


@pytest.mark.parametrize("words", [("person", "add", "Ann"), ("key", "list"), ("learn",), ("forget",)])
def test_where_the_server_has_never_been_nothing_is_made_and_the_folder_is_named(run, tmp_path, words):
    (tmp_path / "data" / "reception.db").unlink()
    status, said = run(*words)
    assert (status, f"There is no database at {tmp_path / 'data' / 'reception.db'}." in said) == (1, True)
    assert list((tmp_path / "data").iterdir()) == []


def test_settings_of_another_office_are_told_whose_database_it_is(run):
    run("key", "add", "Lobby", "--role", "kiosk")
    status, said = run("key", "list", office=OFFICE.replace("[office]", '[office]\nkey = "annexe"'))
    assert (status, "is of the office 'office', and these settings are of 'annexe'." in said) == (1, True)


def test_a_folder_that_cannot_be_and_a_file_that_is_no_database_end_with_a_sentence(run, tmp_path):
    assert run("backup", "--nightly", str(tmp_path / "office.toml" / "backups"))[0] == 1
    (tmp_path / "data" / "reception.db").write_text("Not a database, whatever it is called. " * 20)
    status, said = run("key", "list")
    assert (status, "reception.db is damaged or no database. Put a backup back" in said) == (1, True)


@pytest.mark.parametrize(
    "words", [("backup",), ("export", "database"), ("export", "table", "visits"), ("scorecard", "--csv"), ("simulate",)]
)
def test_what_the_office_lives_from_and_devices_are_written_over_by_no_command(run, tmp_path, words):
    run("key", "add", "Lobby", "--role", "kiosk")
    linked = tmp_path / "export.db"
    linked.symlink_to(tmp_path / "data" / "reception.db")
    for file in (tmp_path / "data" / "reception.db", linked, "/dev/null", "-"):
        status, said = run(*words, str(file))
        assert status == 2 and ("belongs to the office" in said or "is no ordinary file" in said)
    assert "Lobby" in run("key", "list")[1]


def test_a_backup_can_be_put_back(run, tmp_path):
    run("key", "add", "Lobby", "--role", "kiosk")
    assert run("backup", str(tmp_path / "copy.db"))[0] == 0
    run("key", "add", "Board", "--role", "display")
    assert run("restore", str(tmp_path / "copy.db"))[0] == 0
    listed = run("key", "list")[1]
    assert "Lobby" in listed and "Board" not in listed


def test_forgetting_says_what_it_deleted(run):
    words = "0 visitors' links, 0 needs, names and notes, 0 remembered answers, 0 print jobs, 0 used keys"
    assert run("forget")[1] == f"Deleted: {words}."


@pytest.fixture
def bookings(tmp_path):
    """A file of appointments with these lines; each is of tomorrow."""
    tomorrow = date.today() + timedelta(days=1)

    def write(*lines: str) -> str:
        file = tmp_path / "bookings.csv"
        file.write_text("reference,service,start\n" + "".join(f"{line},{tomorrow} 09:30\n" for line in lines))
        return str(file)

    return write


def test_appointments_are_taken_in_once(run, bookings):
    said = [run("appointments", "import", bookings("B1,tax", "B2,tax")) for _ in range(2)]
    assert said == [
        (0, "2 read: 2 new, 0 changed, 0 as before, 0 cancelled."),
        (0, "2 read: 0 new, 0 changed, 2 as before, 0 cancelled."),
    ]


def test_wrong_lines_are_told_and_end_with_status_1_and_the_good_ones_are_kept(run, bookings, keys):
    status, output = run("appointments", "import", bookings("B1,tax", "B2,dragons"))
    assert (status, output.splitlines()[0]) == (1, "2 read: 1 new, 0 changed, 0 as before, 0 cancelled.")
    assert output.splitlines()[2].startswith("Line 3: Its service is not one of this office.")
    kept = keys.store.reader.execute("SELECT reference, source FROM appointments").fetchall()
    assert kept == [("B1", "command")]


def test_a_file_that_is_not_there_or_too_large_is_refused(run, bookings, tmp_path):
    assert "No such file" in run("appointments", "import", str(tmp_path / "none.csv"))[1]
    large = OFFICE + "[appointments]\nlargest_megabytes = 1\n"
    (tmp_path / "large.csv").write_text("x" * (1024 * 1024 + 1))
    status, output = run("appointments", "import", str(tmp_path / "large.csv"), office=large)
    assert (status, "is larger than 1 MB" in output) == (1, True)


def test_check_warns_of_a_webhook_that_waits_for_a_step_that_is_none(run):
    hook = '[[webhooks]]\nkey = "crm"\nurl = "https://crm.example.org/"\nsecret = "whsec_{}"\nsteps = ["finished"]\n'
    status, output = run("check", office=OFFICE + hook.format("a" * 32))
    assert (status, "waits for 'finished', but no step is called that" in output) == (0, True)
