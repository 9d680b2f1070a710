-- Rooms that the bot cannot reach for now, rooms that moved, spaces that stand for groups, and what a standing in a room gives.
ALTER TABLE room ADD COLUMN absence TEXT;       -- why the bot cannot work there: removed, barred, moved, empty, silenced; null while it can
ALTER TABLE room ADD COLUMN absent_since BIGINT;
ALTER TABLE room ADD COLUMN moved_to TEXT;      -- the platform's id of the room that follows it, while the bot is not let in there
ALTER TABLE prompt ADD COLUMN stands_in TEXT;   -- the platform's id of the room where it stands, where its room has moved since
ALTER TABLE outbox ADD COLUMN sought_in TEXT;   -- the platform's id of the room where it may stand already, where its room has moved since
CREATE INDEX prompt_stands_in ON prompt (stands_in, external_id) WHERE stands_in IS NOT NULL;

CREATE TABLE group_space (
    platform TEXT NOT NULL,
    external_id TEXT NOT NULL,          -- the platform's id of the space
    group_id BIGINT NOT NULL REFERENCES groups (id),
    PRIMARY KEY (platform, external_id)
);

CREATE TABLE standing_role (
    room_id BIGINT NOT NULL REFERENCES room (id),
    standing TEXT NOT NULL,             -- as the platform counts it: a power level, a role
    role TEXT NOT NULL,
    group_id BIGINT NOT NULL,          -- 0 for every group
    PRIMARY KEY (room_id, standing, role, group_id)
);
