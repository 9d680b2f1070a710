-- Whether a prompt is passed on from the room to those that follow it on other servers. It is of use in Discord's announcement channels alone.
ALTER TABLE room ADD COLUMN crossposts INTEGER NOT NULL DEFAULT 0;
