### Writing, showing, scheduling, posting and closing asks.

# The first line of “ask show”.
# $number (String) - the ask's number.
# $state (String) - where it stands.
ask-shown-title = No. { $number } · { $state }

# When an ask is posted.
# $when (String) - the day and time, or “every weekday at …”.
ask-fact-slot = Posted { $when }

# Nobody said yet when an ask is posted.
ask-fact-no-slot = Not scheduled yet

# A slot of every weekday.
# $time (String) - the time of day.
# $from (String) - the first day.
ask-weekdays = every weekday at { $time }, from { $from }

# How many rooms get an ask.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
ask-fact-rooms =
    { $count ->
        [0] No room gets it yet
        [one] One room
       *[other] { $shown } rooms
    }

# Who wrote it.
# $name (String) - their name.
ask-fact-author = Written by { $name }

# Who wrote it had themselves forgotten.
ask-fact-author-gone = Written by somebody who is no longer here

# The operator imported it, or its author had themselves forgotten.
ask-fact-imported = From the calendar: any coordinator may approve it

# A language is approved.
# $language (String) - the language.
# $name (String) - by whom.
# $when (String) - when.
ask-fact-approved-by = { $language }: approved by { $name }, { $when }

# A language is approved by somebody who is no longer known.
# $language (String) - the language.
# $when (String) - when.
ask-fact-approved = { $language }: approved, { $when }

# Languages wait for approval.
# $languages (String) - a list of them.
ask-fact-missing = Waits for approval: { $languages }

# There are no asks to list.
ask-list-empty = There is none.

# The first line of a list.
ask-list-title = Asks

# Below a list.
ask-list-hint = “ask show” and a number shows one as the rooms will see it.

# One ask in a list.
# $emoji (String) - the emoji of its kind.
# $number (String) - its number.
# $title (String) - its first words.
# $state (String) - where it stands.
# $when (String) - when it is posted.
ask-line = { $emoji } no. { $number } · { $title } · { $state } · { $when }

# In such a line, where nobody said yet when.
ask-line-no-slot = not scheduled

# It was posted already.
# $number (String) - the ask's number.
ask-schedule-posted = No. { $number } was posted already. To ask it again, write a new one (ask new).

# The moment has passed.
# $when (String) - the moment.
ask-schedule-past = { $when } has passed. Choose a later time.

# The moment is after the ask's end.
# $number (String) - the ask's number.
# $ends (String) - when it ends.
ask-schedule-after-end = No. { $number } ends { $ends }, before that. Choose an earlier time, or change its end (ask edit).

# It is scheduled and approved.
# $number (String) - the ask's number.
# $when (String) - when it is posted.
ask-scheduled = No. { $number } will be posted { $when }, by the clock of each room.

# It is scheduled and waits for approval.
# $number (String) - the ask's number.
# $when (String) - when it is posted.
ask-scheduled-unapproved = No. { $number } will be posted { $when }, once it is approved.

# It was posted already.
# $number (String) - the ask's number.
ask-post-posted = No. { $number } was posted already.

# Its end has passed.
# $number (String) - the ask's number.
ask-post-over = The end of no. { $number } has passed. Change it first (ask edit).

# It waits for approval.
# $number (String) - the ask's number.
# $languages (String) - a list of the languages.
ask-post-unapproved = No. { $number } must first be approved in { $languages }.

# No room would get it.
# $number (String) - the ask's number.
ask-post-no-rooms = None of the groups of no. { $number } has a room for volunteers. Link one with “room add”.

# It goes out, but everything is halted.
# $number (String) - the ask's number.
ask-post-halted = No. { $number } will be posted as soon as somebody types “resume”: everything is stopped now.

# It goes out.
# $count (Number) - how many rooms.
# $number (String) - the ask's number.
# $shown (String) - how many rooms, as it is shown.
ask-posting =
    { $count ->
        [one] No. { $number } is on its way to one room.
       *[other] No. { $number } is on its way to { $shown } rooms.
    }

# It is over already.
# $number (String) - the ask's number.
ask-close-over = No. { $number } is over already.

# It was closed.
# $number (String) - the ask's number.
ask-closed = No. { $number } is closed. What was confirmed stays counted.

# It was written or changed and waits for approval.
# $number (String) - the ask's number.
ask-saved = No. { $number } is saved and waits for somebody else’s approval.

# It was changed after something of it had been approved.
# $number (String) - the ask's number.
ask-saved-voided = No. { $number } is changed, so what was approved of it no longer holds: somebody else must approve it again.

# Changing an ask that was posted.
# $number (String) - the ask's number.
ask-edit-posted = No. { $number } was posted, so it can no longer be changed. Close it (ask close) and write a new one.

# To the coordination room: an ask waits.
# $number (String) - the ask's number.
ask-waiting-notice = No. { $number } waits for approval

# The form for a new ask.
ask-form-title-new = A new ask

# The form for a change.
# $number (String) - the ask's number.
ask-form-title-edit = Change no. { $number }
