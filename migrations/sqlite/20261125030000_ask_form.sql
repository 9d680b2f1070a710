-- The form that an ask was written in, by the key in the form's id: sent once more, it makes no second ask. None where it came of no form.
ALTER TABLE ask ADD COLUMN form_key TEXT;
CREATE UNIQUE INDEX ask_form_key ON ask (form_key);
