### Approving asks and sending them back.

# Everything is approved.
# $number (String) - the ask's number.
# $when (String) - when it is posted.
approval-done = No. { $number } is approved and will be posted { $when } by itself.

# Everything is approved, but no room would get it.
# $number (String) - the ask's number.
approval-done-without-rooms = No. { $number } is approved, but none of its groups has a room for volunteers yet. It waits for one until it ends.

# Everything is approved, but its time has passed.
# $number (String) - the ask's number.
approval-done-late = No. { $number } is approved, but its time has passed, so it is not posted. Give it a new slot (ask schedule) or post it now (ask post).

# Everything is approved, but nobody said when.
# $number (String) - the ask's number.
approval-done-without-slot = No. { $number } is approved. Say when it is posted (ask schedule), or post it now (ask post).

# One language is approved, others are missing.
# $number (String) - the ask's number.
# $languages (String) - a list of the languages that are missing.
approval-partial = Noted. No. { $number } must still be approved in { $languages }.

# Its rooms read a language in which it has no words.
# $number (String) - the ask's number.
# $language (String) - the language.
approval-unwritten = Noted, but some rooms of no. { $number } read { $language } and it has no words in that language. Add them with “ask edit”.

# There is nothing to approve in that language.
# $number (String) - the ask's number.
# $language (String) - the language.
approval-no-words = No. { $number } has no words in { $language } to approve.

# The author tries to approve.
# $number (String) - the ask's number.
approval-own = You wrote no. { $number }: somebody else must approve it. The other coordinators see it in “ask list waiting”.

# It is open or over.
# $number (String) - the ask's number.
approval-too-late = No. { $number } was posted already. To take it off, close it (ask close).

# The ask was edited after it was shown with the button.
# $number (String) - the ask's number.
approval-changed-since = No. { $number } was changed since this was shown. Look at it again (ask show { $number }) and approve what stands there now.

# The button that approves one language.
# $language (String) - the language.
approval-button = Approve the { $language }

# The button that sends an ask back.
approval-reject-button = Send back

# The form for the note with which an ask is sent back.
# $number (String) - the ask's number.
approval-note-title = Send no. { $number } back

# Its question.
approval-note-label = What should change?

# Below the question.
approval-note-hint = Your note is shown in the coordination room.

# No note was given.
approval-note-missing = Please say what should change.

# To whoever sent it back.
# $number (String) - the ask's number.
approval-rejected = No. { $number } was sent back with your note.

# To the coordination room, above the note.
# $number (String) - the ask's number.
approval-rejected-notice = No. { $number } was sent back. Change it with “ask edit { $number }”:
