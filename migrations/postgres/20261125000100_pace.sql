-- How fast each platform takes our messages, learned when it refused some; no row where it never did, or no longer does.
CREATE TABLE pace (
    platform TEXT PRIMARY KEY,
    each_ms BIGINT NOT NULL,            -- what one message takes, in milliseconds
    told_at BIGINT                      -- when the admins were told how to have that lifted
);
