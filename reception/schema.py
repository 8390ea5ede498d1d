"""The tables, as sqlite-utils migrations. Every row knows its office; instants are UTC milliseconds.

`visits` is how things are, `steps` how they came to be; both are written in one transaction and a replay of the one
must arrive at the other. The database itself repeats the promises that must never break.
"""

from sqlite_utils import Database, Migrations

from reception.first_tables import MORE, TABLES

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


@migrations()
def everything_a_desk_does(db: Database) -> None:
    """Legs, holds and needs of a visit; what is owed; appointments; today's rulings; particulars, deleted in time."""
    for column in (
        "appointment TEXT", "standing TEXT NOT NULL DEFAULT ''", "placed_at INTEGER", "due_at INTEGER",
        "skipped_by TEXT", "kept_for TEXT", "held_until INTEGER", "missed_at INTEGER", "room TEXT",
        "leg INTEGER NOT NULL DEFAULT 1", "to_come TEXT NOT NULL DEFAULT ''", "delivered TEXT NOT NULL DEFAULT ''",
        "party INTEGER", "discreet INTEGER NOT NULL DEFAULT 0", "times_wrong INTEGER NOT NULL DEFAULT 0",
        "page_until INTEGER",
    ):  # fmt: skip
        db.execute(f"ALTER TABLE visits ADD COLUMN {column}")
    for statement in MORE.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def what_managers_look_for(db: Database) -> None:
    """Steps that are no visit's (rulings, calls for help) by their name, and visits whose times are said to be wrong,
    however long the record has grown."""
    db.execute("DROP INDEX steps_of_help")
    db.execute("CREATE INDEX steps_of_nobody ON steps (office, step, number) WHERE visit IS NULL")
    db.execute("CREATE INDEX visits_flagged ON visits (office, arrived_at) WHERE times_wrong = 1")


@migrations()
def what_people_came_for(db: Database) -> None:
    """A wait is counted where it was waited: for the service of the first leg."""
    db.execute("ALTER TABLE visits ADD COLUMN came_for TEXT NOT NULL DEFAULT ''")


@migrations()
def what_visitors_read(db: Database) -> None:
    """The language a visitor chose, for the slip, the phone and the call."""
    db.execute("ALTER TABLE visits ADD COLUMN reads TEXT NOT NULL DEFAULT ''")


@migrations()
def slips_that_go_elsewhere(db: Database) -> None:
    """The printer that a slip was meant for, where another prints it; the visitor's own word on what became of it; and
    how much of each printer's roll is used."""
    db.execute("ALTER TABLE print_jobs ADD COLUMN meant_for TEXT")
    db.execute("ALTER TABLE print_jobs ADD COLUMN visitors_word TEXT CHECK (visitors_word IN ('came', 'missing'))")
    db.execute(
        "CREATE TABLE rolls (office TEXT NOT NULL, printer TEXT NOT NULL, changed_at INTEGER, used_mm INTEGER NOT NULL"
        " DEFAULT 0, near_end_mm INTEGER, out INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (office, printer)) WITHOUT ROWID"
    )


@migrations()
def numbers_lent_to_kiosks(db: Database) -> None:
    """A kiosk of its own machine gives these while the server is away."""
    db.execute(
        "CREATE TABLE blocks (office TEXT NOT NULL, day TEXT NOT NULL, letter TEXT NOT NULL, first INTEGER NOT NULL,"
        " last INTEGER NOT NULL, kiosk TEXT NOT NULL, lent_at INTEGER NOT NULL,"
        " PRIMARY KEY (office, day, letter, first)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX blocks_of_kiosk ON blocks (office, kiosk, day)")


@migrations()
def who_comes_later(db: Database) -> None:
    """Until when the place is kept of somebody who said that they are running late."""
    db.execute("ALTER TABLE visits ADD COLUMN late_until INTEGER")


@migrations()
def figures_by_their_rules(db: Database) -> None:
    """What figures are computed by and since when; finished days and months as columns, gone the moment a visit of
    theirs changes (the index begins with the last day, so that a change of today's finds nothing at once); waits by
    need, apart from any visit; when the system itself was away."""
    for event in ("update", "insert", "delete"):
        db.execute(f"DROP TRIGGER summaries_after_{event}")
    db.execute("DROP TABLE summaries")
    db.execute(
        "CREATE TABLE figure_rules (office TEXT NOT NULL, from_day TEXT NOT NULL, rules TEXT NOT NULL,"
        " at INTEGER NOT NULL, by TEXT NOT NULL, PRIMARY KEY (office, from_day)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE kept_facts (office TEXT NOT NULL, last TEXT NOT NULL, first TEXT NOT NULL, name TEXT NOT NULL,"
        " basis TEXT NOT NULL, count INTEGER NOT NULL, words TEXT, data BLOB NOT NULL)"
    )
    db.execute("CREATE UNIQUE INDEX kept_facts_of_days ON kept_facts (office, last, first, name)")
    db.execute(
        "CREATE TABLE need_waits (office TEXT NOT NULL, day TEXT NOT NULL, need TEXT NOT NULL, fates BLOB NOT NULL,"
        " waits BLOB NOT NULL, PRIMARY KEY (office, day, need)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE outages (office TEXT NOT NULL, id TEXT NOT NULL,"
        " kind TEXT NOT NULL CHECK (kind IN ('server_away', 'kiosk_away', 'clock_step')),"
        " what TEXT NOT NULL DEFAULT '', started_at INTEGER NOT NULL, ended_at INTEGER,"
        " PRIMARY KEY (office, id)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX outages_by_end ON outages (office, kind, started_at)")
    measured = (
        "office, day, service, came_for, state, channel, reads, leg, desk, arrived_at, opens_at, booked_at,"
        " acknowledged_at, first_called_at, last_called_at, seen_at, seen_inferred, ended_at, ended_inferred, outcome"
    )
    for told, rows in ((f"UPDATE OF {measured}", ("OLD", "NEW")), ("INSERT", ("NEW",)), ("DELETE", ("OLD",))):
        gone = " ".join(
            f"DELETE FROM kept_facts WHERE office = {row}.office AND last >= {row}.day AND first <= {row}.day;"
            for row in rows
        )
        db.execute(f"CREATE TRIGGER kept_facts_after_{told[:6].lower()} AFTER {told} ON visits BEGIN {gone} END")
    since = "last >= date(NEW.started_at / 1000, 'unixepoch', '-1 day')"
    for event in ("INSERT", "UPDATE"):
        db.execute(
            f"CREATE TRIGGER kept_facts_after_outage_{event.lower()} AFTER {event} ON outages"
            f" WHEN NEW.kind = 'server_away' BEGIN DELETE FROM kept_facts WHERE office = NEW.office AND {since}; END"
        )
    db.execute(
        "CREATE TRIGGER kept_facts_after_promise AFTER INSERT ON promises WHEN NEW.visit IS NOT NULL BEGIN"
        " DELETE FROM kept_facts WHERE office = NEW.office AND last >= (SELECT day FROM visits WHERE id = NEW.visit)"
        " AND first <= (SELECT day FROM visits WHERE id = NEW.visit); END"
    )
    db.execute("CREATE INDEX promises_by_date ON promises (office, coalesce(first_due_at, due_at))")
    db.execute("CREATE INDEX appointments_counted ON appointments (office, day, service, state)")


@migrations()
def a_charter_kept_and_published(db: Database) -> None:
    """Figures that other systems counted, each with its source; and what the public was shown of a month, with every
    version that it was shown in."""
    db.execute(
        "CREATE TABLE imported_figures (office TEXT NOT NULL, measure TEXT NOT NULL, month TEXT NOT NULL, met INTEGER,"
        " counted INTEGER, value REAL, source TEXT NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,"
        " PRIMARY KEY (office, measure, month)) WITHOUT ROWID"
    )
    db.execute(
        "CREATE TABLE published (office TEXT NOT NULL, month TEXT NOT NULL, version INTEGER NOT NULL,"
        " at INTEGER NOT NULL, by TEXT NOT NULL, card TEXT NOT NULL, PRIMARY KEY (office, month, version))"
    )
    db.execute(
        "CREATE TABLE published_papers (office TEXT NOT NULL, month TEXT NOT NULL, version INTEGER NOT NULL,"
        " language TEXT NOT NULL, pdf BLOB NOT NULL, PRIMARY KEY (office, month, version, language))"
    )


@migrations()
def when_the_server_lived(db: Database) -> None:
    """When the server last lived, so that it knows at its next start how long it was away."""
    db.execute("CREATE TABLE alive (office TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID")


@migrations()
def who_came_back_about_a_matter(db: Database) -> None:
    """A visit's digest of the council's own reference is a particular; once it is forgotten, only after how many days
    somebody came back about the same is kept. Whatever changes that drops the kept days of all who came about it."""
    db.execute(
        "CREATE TABLE matters (office TEXT NOT NULL, visit TEXT NOT NULL, day TEXT NOT NULL, returned_after INTEGER,"
        " PRIMARY KEY (office, visit)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX matters_of_day ON matters (office, day)")
    db.execute("CREATE INDEX matters_told ON particulars (office, text) WHERE kind = 'matter' AND text <> ''")
    settled = "EXISTS (SELECT 1 FROM matters WHERE office = OLD.office AND visit = OLD.about)"
    moved = "(NEW.state = 'cancelled') <> (OLD.state = 'cancelled') OR NEW.arrived_at <> OLD.arrived_at"
    for name, told, row, about in (
        ("told", "INSERT ON particulars WHEN NEW.kind = 'matter'", "NEW", "NEW.about"),
        ("forgotten", f"DELETE ON particulars WHEN OLD.kind = 'matter' AND NOT {settled}", "OLD", "OLD.about"),
        ("moved", f"UPDATE OF state, arrived_at ON visits WHEN {moved}", "NEW", "NEW.id"),
    ):
        own = f"SELECT text FROM particulars WHERE office = {row}.office AND about = {about} AND kind = 'matter'"
        texts = own + (" UNION SELECT OLD.text" if row == "OLD" else "")
        days = (
            f"SELECT day FROM visits WHERE id IN (SELECT {about} UNION SELECT about FROM particulars WHERE"
            f" office = {row}.office AND kind = 'matter' AND text <> '' AND text IN ({texts}))"
        )
        gone = (
            f"DELETE FROM kept_facts WHERE office = {row}.office AND last >= (SELECT min(day) FROM ({days}))"
            f" AND EXISTS (SELECT 1 FROM ({days}) WHERE day BETWEEN kept_facts.first AND kept_facts.last)"
        )
        db.execute(f"CREATE TRIGGER kept_facts_after_matter_{name} AFTER {told} BEGIN {gone}; END")


@migrations()
def what_people_tell(db: Database) -> None:
    """Feedback, the stages of a complaint, and what was done; every text is a particular."""
    db.execute(
        "CREATE TABLE feedback (office TEXT NOT NULL, id TEXT NOT NULL, reference TEXT NOT NULL,"
        " kind TEXT NOT NULL CHECK (kind IN ('compliment', 'comment', 'complaint')),"
        " state TEXT NOT NULL CHECK (state IN ('open', 'put_right', 'answered', 'closed', 'withdrawn')),"
        " source TEXT NOT NULL, made_at INTEGER NOT NULL, made_by TEXT NOT NULL, made_on TEXT NOT NULL,"
        " forget_at INTEGER NOT NULL, theme TEXT, service TEXT, visit TEXT, language TEXT, owner TEXT,"
        " stage INTEGER NOT NULL, answer_on TEXT, ended_at INTEGER, PRIMARY KEY (office, id)) WITHOUT ROWID"
    )
    db.execute("CREATE UNIQUE INDEX feedback_references ON feedback (office, reference)")
    db.execute("CREATE INDEX feedback_of_days ON feedback (office, made_on)")
    db.execute("CREATE INDEX feedback_open ON feedback (office, state)")
    db.execute(
        "CREATE TABLE feedback_stages (office TEXT NOT NULL, feedback TEXT NOT NULL, stage INTEGER NOT NULL,"
        " began_at INTEGER NOT NULL, answer_on TEXT NOT NULL, promised_on TEXT NOT NULL, acknowledge_on TEXT,"
        " acknowledged_at INTEGER, acknowledged_on TEXT, answered_at INTEGER, answered_on TEXT, finding TEXT,"
        " extended INTEGER NOT NULL, PRIMARY KEY (office, feedback, stage)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX feedback_stages_due ON feedback_stages (office, promised_on)")
    db.execute(
        "CREATE TABLE said_and_done (office TEXT NOT NULL, id TEXT NOT NULL, made_at INTEGER NOT NULL,"
        " by TEXT NOT NULL, theme TEXT, shown_at INTEGER, hidden_at INTEGER, PRIMARY KEY (office, id)) WITHOUT ROWID"
    )


@migrations()
def what_is_mailed(db: Database) -> None:
    """Mail on its way; once sent, only that it was."""
    db.execute(
        "CREATE TABLE mails (office TEXT NOT NULL, id TEXT NOT NULL, to_address TEXT NOT NULL, subject TEXT NOT NULL,"
        " text TEXT NOT NULL, about TEXT, made_at INTEGER NOT NULL, next_at INTEGER NOT NULL, sent_at INTEGER,"
        " tries INTEGER NOT NULL, problem TEXT, PRIMARY KEY (office, id)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX mails_to_send ON mails (office, next_at) WHERE sent_at IS NULL")


@migrations()
def whom_managers_are_told_of(db: Database) -> None:
    """Thresholds that were passed: when, who was told, who saw to it."""
    db.execute(
        "CREATE TABLE alerts (office TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL, subject TEXT NOT NULL,"
        " value REAL NOT NULL, began_at INTEGER NOT NULL, told_at INTEGER NOT NULL, seen_at INTEGER, seen_by TEXT,"
        " ended_at INTEGER, PRIMARY KEY (office, id)) WITHOUT ROWID"
    )
    db.execute("CREATE UNIQUE INDEX alerts_standing ON alerts (office, key, subject) WHERE ended_at IS NULL")
    db.execute("CREATE INDEX alerts_ended ON alerts (office, key, subject, told_at) WHERE ended_at IS NOT NULL")


@migrations()
def dates_are_counted_without_their_rows(db: Database) -> None:
    """Ten years of promises are counted from the index alone."""
    db.execute("DROP INDEX promises_by_date")
    db.execute(
        "CREATE INDEX promises_by_date ON promises (office, coalesce(first_due_at, due_at), state, service, kept_at,"
        " first_due_at, due_at)"
    )


@migrations()
def what_waits_have_taught(db: Database) -> None:
    """How long things took and how far estimates were off, as of a day that is over; nothing about a person."""
    db.execute(
        "CREATE TABLE learned (office TEXT PRIMARY KEY, step INTEGER NOT NULL, day TEXT NOT NULL, told TEXT NOT NULL)"
        " WITHOUT ROWID"
    )


@migrations()
def what_visitors_were_told(db: Database) -> None:
    """What somebody who waits was last told to expect, and the first time by which they were to be called."""
    for column in ("said_at", "said_low", "said_by_at", "first_by_at"):
        db.execute(f"ALTER TABLE visits ADD COLUMN {column} INTEGER")


@migrations()
def whom_it_was_warned_of(db: Database) -> None:
    """Of whom it was warned that they would wait too long, once for each visit, and what became of it."""
    db.execute(
        "CREATE TABLE warnings (office TEXT NOT NULL, id TEXT NOT NULL, visit TEXT NOT NULL, service TEXT NOT NULL,"
        " warned_at INTEGER NOT NULL, target_at INTEGER NOT NULL, chance REAL NOT NULL, why TEXT NOT NULL,"
        " why_desk TEXT, why_count INTEGER, step TEXT NOT NULL, step_desk TEXT, step_chance REAL, ended_at INTEGER,"
        " outcome TEXT, PRIMARY KEY (office, id), UNIQUE (office, visit)) WITHOUT ROWID"
    )
    db.execute("CREATE INDEX warnings_standing ON warnings (office, id) WHERE ended_at IS NULL")
    db.execute("CREATE INDEX warnings_by_time ON warnings (office, warned_at)")


@migrations()
def how_many_desks_it_takes(db: Database) -> None:
    """The last staffing plan of an office, which can be made anew."""
    db.execute(
        "CREATE TABLE staffing_plans (office TEXT PRIMARY KEY, made_at INTEGER NOT NULL, told TEXT NOT NULL)"
        " WITHOUT ROWID"
    )


@migrations()
def kept_days_have_stamps(db: Database) -> None:
    """What tells a kept span from any that was kept of the same days before, so that what was measured of it can be
    remembered."""
    db.execute(
        "INSERT OR IGNORE INTO kept_facts (office, last, first, name, basis, count, data)"
        " SELECT office, last, first, 'stamp', basis, 0, randomblob(16) FROM kept_facts WHERE name = 'day'"
    )


@migrations()
def a_time_told_is_measured(db: Database) -> None:
    """A kept day also goes when it is put right by when somebody was told to be called."""
    name = "kept_facts_after_update"
    told = db.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (name,)).fetchone()[0]
    db.execute(f"DROP TRIGGER {name}")
    db.execute(told.replace(" ON visits", ", first_by_at ON visits", 1))


@migrations()
def a_plan_of_desks_may_be_interrupted(db: Database) -> None:
    """The staffing plan that is being made, so that one whose server stops is not waited for."""
    db.execute(
        "CREATE TABLE staffing_begun (office TEXT PRIMARY KEY, begun_at INTEGER NOT NULL, tries INTEGER NOT NULL)"
        " WITHOUT ROWID"
    )
