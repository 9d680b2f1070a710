-- Rooms in which messages came encrypted without a key that Relais could read them with.
CREATE TABLE unreadable (
    room_id INTEGER PRIMARY KEY REFERENCES room (id),
    messages INTEGER NOT NULL,          -- how many so far, less those that were read late
    told_at INTEGER                     -- when the room was told; null since it could be read again
);
