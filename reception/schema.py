"""The tables, as sqlite-utils migrations. Every row knows its office; instants are UTC milliseconds.

`visits` is how things are, `steps` how they came to be; both are written in one transaction and a replay of the one
must arrive at the other. The database itself repeats the promises that must never break.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("reception")


@migrations()
def the_first_day(db: Database) -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def summaries_follow_their_day(db: Database) -> None:
    """A kept summary goes the moment a visit of its day changes, by whomever; forgetting a token is no change."""
    measured = (
        "office, day, service, state, arrived_at, opens_at, booked_at, first_called_at, seen_at, seen_inferred,"
        " ended_at, ended_inferred"
    )
    for told, rows in ((f"UPDATE OF {measured}", ("OLD", "NEW")), ("INSERT", ("NEW",)), ("DELETE", ("OLD",))):
        gone = " ".join(f"DELETE FROM summaries WHERE office = {row}.office AND day = {row}.day;" for row in rows)
        db.execute(f"CREATE TRIGGER summaries_after_{told[:6].lower()} AFTER {told} ON visits BEGIN {gone} END")


TABLES = """
CREATE TABLE visits (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    day TEXT NOT NULL,
    number TEXT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL CHECK
        (state IN ('waiting', 'called', 'serving', 'held', 'no_show', 'completed', 'left', 'cancelled')),
    place INTEGER NOT NULL,
    channel TEXT NOT NULL,
    token TEXT UNIQUE,
    arrived_at INTEGER NOT NULL,
    opens_at INTEGER,
    booked_at INTEGER,
    acknowledged_at INTEGER,
    first_called_at INTEGER,
    last_called_at INTEGER,
    seen_at INTEGER,
    seen_inferred INTEGER NOT NULL DEFAULT 0,
    ended_at INTEGER,
    ended_inferred INTEGER NOT NULL DEFAULT 0,
    outcome TEXT,
    desk TEXT,
    recalls INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_number_a_day ON visits (office, day, number);
CREATE UNIQUE INDEX one_visitor_a_desk ON visits (office, desk) WHERE state IN ('called', 'serving');
CREATE INDEX open_visits ON visits (office) WHERE state IN ('waiting', 'called', 'serving', 'held', 'no_show');
CREATE INDEX visits_by_arrival ON visits (office, arrived_at);
CREATE INDEX visits_by_token_date ON visits (office, ended_at) WHERE token IS NOT NULL;
CREATE TABLE steps (
    office TEXT NOT NULL,
    number INTEGER NOT NULL,
    visit TEXT,
    step TEXT NOT NULL,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    desk TEXT,
    press INTEGER NOT NULL,
    undoes INTEGER,
    changes TEXT NOT NULL,
    PRIMARY KEY (office, number)
) WITHOUT ROWID;
CREATE INDEX steps_of_visit ON steps (visit, number);
CREATE INDEX calls ON steps (office, at, number) WHERE step IN ('called', 'recalled');
CREATE INDEX steps_at_desk ON steps (office, desk, number);
CREATE TABLE counters (
    office TEXT NOT NULL,
    day TEXT NOT NULL,
    letter TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (office, day, letter)
) WITHOUT ROWID;
CREATE TABLE desks (
    office TEXT NOT NULL,
    desk TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'paused', 'closed')),
    person TEXT,
    since_at INTEGER NOT NULL,
    PRIMARY KEY (office, desk)
) WITHOUT ROWID;
CREATE TABLE answers (
    office TEXT NOT NULL,
    holder TEXT NOT NULL,
    key TEXT NOT NULL,
    asked TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (office, holder, key)
) WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (office, at);
CREATE TABLE print_jobs (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    visit TEXT NOT NULL,
    printer TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    cause TEXT
) WITHOUT ROWID;
CREATE INDEX print_jobs_to_do ON print_jobs (office, printer, made_at) WHERE state IN ('waiting', 'printing');
CREATE INDEX print_jobs_of_visit ON print_jobs (visit);
CREATE INDEX print_jobs_by_age ON print_jobs (office, made_at);
CREATE TABLE people (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    name TEXT NOT NULL,
    sign_in TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('receptionist', 'manager', 'admin')),
    password TEXT,
    made_at INTEGER NOT NULL,
    left_at INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_person_a_sign_in ON people (office, sign_in) WHERE left_at IS NULL;
CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    office TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('bearer', 'browser', 'link', 'password', 'setup', 'pairing')),
    hash TEXT NOT NULL UNIQUE,
    person TEXT,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER,
    heard_at INTEGER
) WITHOUT ROWID;
CREATE TABLE summaries (
    office TEXT NOT NULL,
    day TEXT NOT NULL,
    basis TEXT NOT NULL,
    bins BLOB NOT NULL,
    PRIMARY KEY (office, day, basis)
) WITHOUT ROWID
"""
