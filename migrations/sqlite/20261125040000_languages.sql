-- Whether a person chose their language. What was taken from their client or from a room gives way to what their client tells later.
ALTER TABLE person ADD COLUMN language_chosen INTEGER NOT NULL DEFAULT 0;
-- Nobody wrote down until now who had chosen: what is known stays as it is.
UPDATE person SET language_chosen = 1 WHERE language IS NOT NULL;
