### Writing, showing, scheduling, posting and closing asks.

# The first line of “ask show”.
# $number (String) - the ask's number.
# $state (String) - where it stands.
ask-shown-title = No. { $number } · { $state }

# In the list below that line: when an ask is posted.
# $when (String) - the day and time, or “every weekday at …”.
ask-fact-slot = Posting: { $when }

# In that list: nobody said yet when.
ask-fact-no-slot = Not scheduled yet

# A slot of every weekday.
# $time (String) - the time of day.
# $from (String) - the first day.
ask-weekdays = every weekday at { $time }, from { $from }

# In that list: how many rooms get it.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
ask-fact-rooms =
    { $count ->
        [0] No room gets it yet
        [one] One room gets it
       *[other] { $shown } rooms get it
    }

# In that list: who wrote it.
# $name (String) - their name.
ask-fact-author = Written by { $name }

# In that list: who wrote it had themselves forgotten.
ask-fact-author-gone = Written by somebody who is no longer here

# In that list: the operator imported it, or its author had themselves forgotten.
ask-fact-imported = From the calendar: any coordinator may approve it

# In that list: a language is approved.
# $language (String) - the language.
# $name (String) - by whom.
# $when (String) - when.
ask-fact-approved-by = Approved in { $language } by { $name } ({ $when })

# In that list: a language is approved by somebody who is no longer known.
# $language (String) - the language.
# $when (String) - when.
ask-fact-approved = Approved in { $language } ({ $when })

# In that list: languages wait for approval.
# $languages (String) - a list of them, “in” before each.
ask-fact-missing = Waits for approval { $languages }

# In that list: how long it takes until the last room has it, where a server limits how fast we write.
# $count (Number) - how many minutes.
# $seconds (String) - how many seconds one message takes.
# $minutes (String) - how many minutes, as it is shown.
ask-fact-lasts =
    { $count ->
        [one] The last room gets it about a minute after the first: the server takes one message every { $seconds } s
       *[other] The last room gets it about { $minutes } minutes after the first: the server takes one message every { $seconds } s
    }

# In that list: how long it takes until the last room has it, where there are very many rooms.
# $count (Number) - how many minutes.
# $minutes (String) - how many minutes, as it is shown.
ask-fact-lasts-in-all =
    { $count ->
        [one] The last room gets it about a minute after the first
       *[other] The last room gets it about { $minutes } minutes after the first
    }

# In that list: it is being posted, and some rooms still wait for it.
# $count (Number) - how many rooms.
# $when (String) - about when the last has it.
# $shown (String) - how many, as it is shown.
ask-fact-arriving =
    { $count ->
        [one] One room still waits for it, until about { $when }
       *[other] { $shown } rooms still wait for it, the last until about { $when }
    }

# The answer to “ask list” where there are none.
ask-list-empty = There is no ask to list. “{ -prefix }ask new” begins one.

# The first line of “ask list”.
ask-list-title = Asks

# Below that list.
ask-list-hint = To see one as the rooms will: “{ -prefix }ask show” and its number.

# One ask in that list.
# $emoji (String) - the emoji of its kind.
# $number (String) - its number.
# $title (String) - its first words.
# $state (String) - where it stands.
# $when (String) - when it is posted.
ask-line = { $emoji } no. { $number } · { $title } · { $state } · { $when }

# In such a line, where nobody said yet when.
ask-line-no-slot = not scheduled

# One of the asks that are suggested to somebody who types a command, shown alone in a short list.
# $number (String) - its number.
# $emoji (String) - its kind.
# $title (String) - its first words.
# $state (String) - where it stands.
ask-suggestion = no. { $number } · { $emoji } { $title } · { $state }

# “ask schedule”, of an ask that was posted already.
# $number (String) - the ask's number.
ask-schedule-posted = No. { $number } was posted already. To ask it again, write a new one: “{ -prefix }ask new”.

# “ask schedule”, with a moment that has passed.
# $when (String) - the moment.
ask-schedule-past = That time, { $when }, has passed. Choose a later one.

# “ask schedule”, with a moment after the ask's end.
# $number (String) - the ask's number.
# $ends (String) - when it ends.
ask-schedule-after-end = No. { $number } closes { $ends }, before that. Choose an earlier time, or change when it closes: “{ -prefix }ask edit { $number }”.

# After “ask schedule”: it is approved too.
# $number (String) - the ask's number.
# $when (String) - when it is posted.
ask-scheduled = No. { $number } will be posted { $when }, by the clock of each room.

# After “ask schedule”: it waits for approval.
# $number (String) - the ask's number.
# $when (String) - when it is posted.
ask-scheduled-unapproved = No. { $number } will be posted { $when }, once it is approved.

# “ask post”, of an ask that was posted already.
# $number (String) - the ask's number.
ask-post-posted = No. { $number } was posted already. To ask it again, write a new one: “{ -prefix }ask new”.

# “ask post” and “ask approve”, of an ask whose end has passed.
# $number (String) - the ask's number.
ask-post-over = The closing time of no. { $number } has passed. Change it first: “{ -prefix }ask edit { $number }”.

# “ask post”, of an ask that waits for approval.
# $number (String) - the ask's number.
# $languages (String) - a list of the languages, “in” before each.
ask-post-unapproved = No. { $number } must first be approved { $languages }, by somebody who did not write it: “{ -prefix }ask approve { $number }”.

# “ask post”, of an ask that no room would get.
# $number (String) - the ask's number.
ask-post-no-rooms = None of the groups of no. { $number } has a room for volunteers. An admin links one with “{ -prefix }room add”.

# After “ask post”: it goes out, but everything is halted.
# $number (String) - the ask's number.
ask-post-halted = No. { $number } will be posted as soon as somebody types “{ -prefix }resume”: everything is stopped now.

# After “ask post”: it goes out.
# $count (Number) - how many rooms.
# $number (String) - the ask's number.
# $shown (String) - how many rooms, as it is shown.
ask-posting =
    { $count ->
        [one] No. { $number } is on its way to one room.
       *[other] No. { $number } is on its way to { $shown } rooms.
    }

# “ask close”, of an ask that is over.
# $number (String) - the ask's number.
ask-close-over = No. { $number } is over already.

# After “ask close”.
# $number (String) - the ask's number.
ask-closed = No. { $number } is closed. What was confirmed stays counted.

# “ask withdraw”, of an ask that was withdrawn before.
# $number (String) - the ask's number.
ask-withdraw-again = No. { $number } is withdrawn already.

# After “ask withdraw”.
# $count (Number) - in how many rooms it stands.
# $number (String) - the ask's number.
# $shown (String) - how many, as it is shown.
ask-withdrawn =
    { $count ->
        [0] No. { $number } is withdrawn. No room has seen it.
        [one] No. { $number } is withdrawn and disappears from one room. What was confirmed stays counted.
       *[other] No. { $number } is withdrawn and disappears from { $shown } rooms. What was confirmed stays counted.
    }

# In the coordination rooms, when an ask was withdrawn. The reason follows, where one was given.
# $number (String) - the ask's number.
ask-withdrawn-notice = No. { $number } was withdrawn: it disappears from its rooms, and nobody can confirm it any more.

# After the form: it was written or changed and waits for approval.
# $number (String) - the ask's number.
ask-saved = No. { $number } is saved and waits for somebody else’s approval.

# After the form: it was sent before, and is not what it was then.
# $number (String) - the number of the ask that it made.
ask-saved-before = This form was sent before and made no. { $number }, which stays as it is. To change it, type “{ -prefix }ask edit { $number }”; for another one, “{ -prefix }ask new”.

# After the form: it was changed after something of it had been approved.
# $number (String) - the ask's number.
ask-saved-voided = No. { $number } is changed, so what was approved of it no longer holds: somebody else must approve it again.

# It was changed, but nothing of what was approved.
# $number (String) - the ask's number.
ask-saved-approved = No. { $number } is saved, and what was approved of it still holds.

# Changing an ask that was posted.
# $number (String) - the ask's number.
ask-edit-posted = No. { $number } was posted, so it can no longer be changed. Close it (“{ -prefix }ask close { $number }”) and write a new one (“{ -prefix }ask new”).

# The title of what the coordination room reads of an ask that waits, above its text and its buttons.
# $number (String) - the ask's number.
ask-waiting-notice = No. { $number } waits for approval

# Below the words, link and numbers of an ask that waits for approval, in the coordination rooms.
# $number (String) - the ask's number.
ask-waiting-hint = To see it as the rooms will, with its closing time: “{ -prefix }ask show { $number }”.

# The title of the form of “ask new”.
ask-form-title-new = A new ask

# The title of the form of “ask edit”.
# $number (String) - the ask's number.
ask-form-title-edit = Change no. { $number }

# Below what is said of an ask that was written, scheduled or approved: some rooms will not get it.
# $count (Number) - how many rooms.
# $rooms (String) - a list of the rooms.
ask-too-late-rooms =
    { $count ->
        [one] { $rooms } will not get it: by the clock there, its time has passed already, or comes after its end.
       *[other] These rooms will not get it, since by their clocks its time has passed already, or comes after its end: { $rooms }.
    }
