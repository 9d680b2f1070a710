### Approving asks and sending them back.

# The answer to “ask approve” or its button: everything is approved.
# $number (String) - the ask's number.
# $when (String) - when it is posted.
approval-done = No. { $number } is approved and will be posted { $when } by itself.

# Everything is approved, but no room would get it.
# $number (String) - the ask's number.
approval-done-without-rooms = No. { $number } is approved, but none of its groups has a room for volunteers. It goes out as soon as an admin links one with “{ -prefix }room add”, unless it ends before.

# Everything is approved, but its time has passed.
# $number (String) - the ask's number.
approval-done-late = No. { $number } is approved, but its time has passed, so it is not posted. Give it another time: “{ -prefix }ask schedule { $number }”. Or post it now: “{ -prefix }ask post { $number }”.

# Everything is approved, but nobody said when.
# $number (String) - the ask's number.
approval-done-without-slot = No. { $number } is approved. Say when to post it: “{ -prefix }ask schedule { $number }”. Or post it now: “{ -prefix }ask post { $number }”.

# One language is approved, others are missing.
# $number (String) - the ask's number.
# $languages (String) - a list of the languages that are missing, “in” before each.
approval-partial = Noted. No. { $number } must still be approved { $languages }.

# Its rooms read a language in which it has no words.
# $number (String) - the ask's number.
# $language (String) - the language.
approval-unwritten = Noted, but no. { $number } has no words in { $language }, and some of its rooms need them. Add them: “{ -prefix }ask edit { $number }”.

# There is nothing to approve in that language.
# $number (String) - the ask's number.
# $language (String) - the language.
approval-no-words = No. { $number } has no words in { $language } to approve. Add them: “{ -prefix }ask edit { $number }”.

# The author tries to approve their own ask.
# $number (String) - the ask's number.
approval-own = You wrote no. { $number }: somebody else must approve it. The other coordinators find it with “{ -prefix }ask list waiting”.

# It is open or over.
# $number (String) - the ask's number.
approval-too-late = No. { $number } was posted already. To take it off, close it: “{ -prefix }ask close { $number }”.

# The ask was edited after it was shown with the button.
# $number (String) - the ask's number.
approval-changed-since = No. { $number } was changed after it was shown to you. Look at it again (“{ -prefix }ask show { $number }”), then approve what stands there now.

# The button, under an ask that waits, that approves one language of it.
# $language (String) - the language's code.
approval-button =
    { $language ->
        [fr] Approve the French text
       *[en] Approve the English text
    }

# The button beside it that sends the ask back.
approval-reject-button = Send back

# The title of the form for the note with which an ask is sent back.
# $number (String) - the ask's number.
approval-note-title = Send no. { $number } back

# Its question.
approval-note-label = What should change?

# Below the question.
approval-note-hint = Your note is shown in the coordination room.

# No note was given.
approval-note-missing = Nothing was sent back yet: please say what should change.

# To whoever sent it back.
# $number (String) - the ask's number.
approval-rejected = No. { $number } was sent back with your note.

# To the coordination room, above the note.
# $number (String) - the ask's number.
approval-rejected-notice = No. { $number } was sent back. Change it with “{ -prefix }ask edit { $number }”:
