-- Whether the bot puts the reactions below a prompt by which it is answered. Where people press buttons it is of no use.
ALTER TABLE room ADD COLUMN seeds INTEGER NOT NULL DEFAULT 0;
