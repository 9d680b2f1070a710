-- Commands, forms and files that were carried out, by the platform's own id of the event that brought them. A platform may tell of
-- an event again, after a crash or a lost session; what stands here is not done twice. Kept for some days.
CREATE TABLE heard (
    platform TEXT NOT NULL,
    event TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (platform, event)
);
CREATE INDEX heard_at ON heard (at);
