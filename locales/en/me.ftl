### One's own settings and data.

# The first line of “me”.
me-title = You and Relais

# One's language.
# $language (String) - the language.
me-language = Private answers: { $language }

# One's pause.
# $day (String) - its last day.
me-paused = Nothing in private until the end of { $day }

# One's roles.
# $roles (String) - a list of them.
me-roles = Roles: { $roles }

# How much one confirmed.
# $count (Number) - how many confirmations.
# $shown (String) - how many, as it is shown.
me-confirmations =
    { $count ->
        [0] Nothing confirmed yet
        [one] One confirmation
       *[other] { $shown } confirmations
    }

# What one can do.
me-hint = You can type: { -prefix }me language, { -prefix }me pause, { -prefix }me undo, { -prefix }me export, { -prefix }me forget.

# The language was set.
me-language-set = From now on I answer you in English.

# A pause was set.
# $day (String) - its last day.
me-pause-set = You receive nothing in private until the end of { $day }; “{ -prefix }me pause end” ends it sooner. What you confirm still counts.

# The pause is over.
me-pause-ended = The pause is over.

# The day has passed.
# $day (String) - the day.
me-pause-past = { $day } is over. Choose a later day, or “end”.

# With the file of all that is stored.
me-export = Here is all that is stored about you. Only you see this.

# Asked for confirmation before everything is erased.
# $command (String) - what was typed.
# $yes (String) - what is to be added.
me-forget-sure = This erases for good what Relais keeps about you: the names of your accounts, your language, roles and confirmations. Only totals without names stay. To do it, type: { -prefix }{ $command } { $yes }

# Everything was erased.
me-forgotten = Done: nothing here points at you any more. If you write or react again, we begin anew.
