"""The tables as the first two migrations made them (schema.py), each statement ending a line. Never changed: what came
later is a migration of its own."""

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

MORE = """
ALTER TABLE steps ADD COLUMN about TEXT;
ALTER TABLE steps ADD COLUMN note TEXT;
CREATE INDEX steps_about ON steps (office, about, number) WHERE about IS NOT NULL;
CREATE INDEX steps_of_help ON steps (office, number) WHERE step IN ('help_asked', 'help_answered', 'help_ended');
ALTER TABLE desks RENAME COLUMN desk TO key;
ALTER TABLE desks ADD COLUMN reason TEXT;
ALTER TABLE desks ADD COLUMN help_at INTEGER;
ALTER TABLE desks ADD COLUMN help_by TEXT;
ALTER TABLE desks ADD COLUMN help_coming TEXT;
ALTER TABLE print_jobs ADD COLUMN about TEXT;
CREATE TABLE particulars (
    office TEXT NOT NULL,
    about TEXT NOT NULL,
    kind TEXT NOT NULL,
    press INTEGER NOT NULL,
    text TEXT NOT NULL,
    delete_at INTEGER,
    PRIMARY KEY (office, about, kind, press)
) WITHOUT ROWID;
CREATE INDEX particulars_by_press ON particulars (office, press);
CREATE INDEX particulars_to_delete ON particulars (office, delete_at) WHERE delete_at IS NOT NULL;
CREATE TABLE promises (
    office TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('promise', 'documents', 'call_back')),
    state TEXT NOT NULL CHECK (state IN ('open', 'kept', 'withdrawn')),
    reference TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    due_on TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    visit TEXT,
    service TEXT,
    team TEXT,
    owner TEXT,
    first_due_at INTEGER,
    kept_at INTEGER,
    kept_by TEXT,
    PRIMARY KEY (office, id)
) WITHOUT ROWID;
CREATE INDEX promises_open ON promises (office, due_at) WHERE state = 'open';
CREATE INDEX promises_ended ON promises (office, kept_at) WHERE state <> 'open';
CREATE INDEX promises_of_visit ON promises (visit);
CREATE UNIQUE INDEX one_promise_a_reference ON promises (office, reference);
CREATE TABLE appointments (
    office TEXT NOT NULL,
    id TEXT NOT NULL,
    reference TEXT NOT NULL,
    day TEXT NOT NULL,
    service TEXT NOT NULL,
    booked_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('booked', 'arrived', 'not_attended', 'cancelled')),
    minutes INTEGER,
    source TEXT NOT NULL,
    visit TEXT,
    arrived_at INTEGER,
    plain TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (office, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_appointment_a_reference ON appointments (office, reference);
CREATE INDEX appointments_by_reference ON appointments (office, plain);
CREATE INDEX appointments_of_day ON appointments (office, day, booked_at);
CREATE INDEX appointments_expected ON appointments (office, booked_at) WHERE state = 'booked';
CREATE TABLE rulings (
    office TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    value TEXT,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    until_at INTEGER,
    PRIMARY KEY (office, kind, subject)
) WITHOUT ROWID;
CREATE TABLE preferences (
    office TEXT NOT NULL,
    who TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (office, who, name)
) WITHOUT ROWID;
CREATE TABLE webhook_cursors (
    office TEXT NOT NULL,
    hook TEXT NOT NULL,
    step INTEGER NOT NULL,
    failing_since INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,
    last_error TEXT,
    PRIMARY KEY (office, hook)
) WITHOUT ROWID
"""
