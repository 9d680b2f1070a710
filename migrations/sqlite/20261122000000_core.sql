-- The core: who, where, what is asked, what came of it, what goes out.
-- Times are UTC milliseconds. Days are numbers such as 20261123, civil days of the organisation. Weeks are counted from Monday,
-- 5 January 1970. Columns marked PII hold or point at a person; `me forget` and `me export` cover each of them.

CREATE TABLE organisation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seal_key BLOB NOT NULL,             -- keys the seals of forgotten signals
    halted_at INTEGER,                  -- since when nothing goes out; null while all does
    halted_by INTEGER,                  -- PII: person
    alive_at INTEGER NOT NULL           -- when a running bot last said so
);

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    language TEXT,                      -- PII: chosen or taken from their client; null until either
    paused_until INTEGER,               -- PII: asked for nothing until then
    created_at INTEGER NOT NULL
);

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    platform TEXT NOT NULL,             -- PII
    external_id TEXT NOT NULL,          -- PII: the platform's own id
    name TEXT NOT NULL,                 -- PII: as the platform last showed it
    UNIQUE (platform, external_id)
);
CREATE INDEX account_person ON account (person_id);

CREATE TABLE groups (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE room (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,
    name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    group_id INTEGER REFERENCES groups (id),
    state TEXT NOT NULL,                -- linked, lost
    UNIQUE (platform, external_id)
);
CREATE INDEX room_group ON room (group_id);

CREATE TABLE role_grant (
    person_id INTEGER NOT NULL REFERENCES person (id), -- PII
    role TEXT NOT NULL,
    group_id INTEGER NOT NULL,          -- 0 for every group
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, role, group_id)
);

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title_fr TEXT NOT NULL,
    title_en TEXT NOT NULL,
    created_at INTEGER NOT NULL
);

CREATE TABLE goal (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    kind TEXT,                          -- null for every kind
    target INTEGER NOT NULL,
    due_day INTEGER NOT NULL,
    UNIQUE (campaign_id, kind)
);

CREATE TABLE picture (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    digest TEXT NOT NULL,               -- SHA-256 of the bytes, in hexadecimal
    bytes BLOB NOT NULL
);

CREATE TABLE ask (
    id INTEGER PRIMARY KEY,
    reference TEXT UNIQUE,
    state TEXT NOT NULL,
    author_id INTEGER,                  -- PII: person
    kind TEXT NOT NULL,
    campaign_id INTEGER REFERENCES campaign (id),
    link TEXT,
    hashtags TEXT NOT NULL,             -- JSON
    networks TEXT NOT NULL,             -- JSON
    targets TEXT NOT NULL,              -- JSON
    picture_id INTEGER REFERENCES picture (id),
    slot TEXT,                          -- `once 2026-11-23T09:00:00`, `weekdays 2026-11-23T09:00:00`, `now 1763900000000`
    slot_set_at INTEGER,                -- when it was given that slot: what was to begin before is not posted
    closes_at INTEGER,
    calendar_slot TEXT,                 -- the slot as the calendar last had it: until it has another, a coordinator's stays
    calendar_closes_at INTEGER,         -- the end likewise
    approved_at INTEGER,
    created_at INTEGER NOT NULL
);
CREATE INDEX ask_state ON ask (state);
CREATE INDEX ask_campaign ON ask (campaign_id);

CREATE TABLE wording (
    ask_id INTEGER NOT NULL REFERENCES ask (id),
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    script TEXT,
    alt TEXT,
    PRIMARY KEY (ask_id, language)
);

CREATE TABLE ask_group (
    ask_id INTEGER NOT NULL REFERENCES ask (id),
    group_id INTEGER NOT NULL REFERENCES groups (id),
    PRIMARY KEY (ask_id, group_id)
);

CREATE TABLE approval (
    ask_id INTEGER NOT NULL REFERENCES ask (id),
    language TEXT NOT NULL,
    seal TEXT NOT NULL,                 -- of the exact bytes that were approved
    person_id INTEGER,                  -- PII
    approved_at INTEGER NOT NULL,
    PRIMARY KEY (ask_id, language)
);

CREATE TABLE prompt (
    id INTEGER PRIMARY KEY,
    ask_id INTEGER NOT NULL REFERENCES ask (id),
    occasion INTEGER NOT NULL,          -- the civil day of its slot
    room_id INTEGER NOT NULL REFERENCES room (id),
    external_id TEXT,                   -- the platform's id of the message, once posted
    state TEXT NOT NULL,                -- due, posted, closed, expired, lost
    ends_at INTEGER NOT NULL,
    posted_at INTEGER,
    UNIQUE (ask_id, occasion, room_id)
);
CREATE UNIQUE INDEX prompt_message ON prompt (room_id, external_id);
CREATE INDEX prompt_state ON prompt (state, ends_at);

CREATE TABLE signal (
    ask_id INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    person_id INTEGER NOT NULL,         -- PII
    prompt_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,        -- PII
    source TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    day INTEGER NOT NULL,
    PRIMARY KEY (ask_id, occasion, person_id, prompt_id, account_id, source, outcome, detail)
) WITHOUT ROWID;

CREATE TABLE tally (
    ask_id INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    day INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    confirmations INTEGER NOT NULL,
    people INTEGER NOT NULL,            -- each person once an occasion, with their first confirmation
    PRIMARY KEY (day, room_id, ask_id, occasion, outcome)
) WITHOUT ROWID;

-- The tally without its rooms, for totals that no report should have to add up.
CREATE TABLE ask_tally (
    ask_id INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    day INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    confirmations INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (ask_id, occasion, day, outcome)
) WITHOUT ROWID;
CREATE INDEX ask_tally_day ON ask_tally (day);

CREATE TABLE activity (
    day INTEGER NOT NULL,
    person_id INTEGER NOT NULL,         -- PII
    room_id INTEGER NOT NULL,
    confirmations INTEGER NOT NULL,
    PRIMARY KEY (day, person_id, room_id)
) WITHOUT ROWID;

CREATE TABLE presence (
    person_id INTEGER NOT NULL,         -- PII
    room_id INTEGER NOT NULL,
    first_week INTEGER NOT NULL,
    last_week INTEGER NOT NULL,
    weeks INTEGER NOT NULL,             -- bit k: active in week last_week - k
    elsewhere INTEGER NOT NULL DEFAULT 0,-- 1: the person may have been active in another room too
    PRIMARY KEY (room_id, person_id)
) WITHOUT ROWID;
CREATE INDEX presence_person ON presence (person_id);

-- What those who had themselves forgotten had confirmed: a number without a person.
CREATE TABLE forgotten_tally (
    ask_id INTEGER NOT NULL,
    occasion INTEGER NOT NULL,
    day INTEGER NOT NULL,
    room_id INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    confirmations INTEGER NOT NULL,
    people INTEGER NOT NULL,
    PRIMARY KEY (ask_id, occasion, day, room_id, outcome)
) WITHOUT ROWID;

-- Reactions of forgotten people that still stand on open prompts, so that reading them again does not count them twice.
CREATE TABLE forgotten_signal (
    prompt_id INTEGER NOT NULL REFERENCES prompt (id),
    seal TEXT NOT NULL,
    PRIMARY KEY (prompt_id, seal)
) WITHOUT ROWID;

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,           -- travels with the message: at most 25 ASCII characters
    kind TEXT NOT NULL,                 -- prompt, refresh, notice, summary, direct
    platform TEXT NOT NULL,
    room TEXT,                          -- the platform's id of the room; null for a direct message
    account TEXT,                       -- PII: the platform's id of whom a direct message is for
    subject INTEGER,                    -- the prompt, the ask or the week that it is about
    occasion INTEGER,                   -- with an ask as subject: which of its occasions
    card TEXT,                          -- PII: what it says, where that is not composed when it is sent; erased once sent
    priority INTEGER NOT NULL,          -- the lowest goes first
    not_before INTEGER NOT NULL,
    deadline INTEGER,                   -- after which it is not sent
    state TEXT NOT NULL,                -- pending, sending, unsure, sent, expired, refused, cancelled
    attempts INTEGER NOT NULL,
    external_id TEXT,                   -- the platform's id of the message, once sent
    created_at INTEGER NOT NULL,
    done_at INTEGER
);
CREATE INDEX outbox_waiting ON outbox (platform, priority, deadline, id) WHERE state IN ('pending', 'unsure');
CREATE UNIQUE INDEX outbox_refresh ON outbox (subject, occasion) WHERE kind = 'refresh' AND state = 'pending';

CREATE TABLE summary (
    week INTEGER NOT NULL,
    room_id INTEGER NOT NULL REFERENCES room (id),
    queued_at INTEGER NOT NULL,
    PRIMARY KEY (week, room_id)
);

-- What the embedded chat remembers: rooms, people, messages, reactions, pictures.
CREATE TABLE embedded_item (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
