### Words by which a prompt is answered: as a reply to it, or after “done 12”. Each message is a list separated by commas; accents, case
### and punctuation do not count, and what its buttons say is understood too. Only a whole text is an answer, so nothing here may be what
### people say to each other about a prompt.

# Somebody did what was asked, whatever it was.
word-done = done, it’s done, it is done, I did it, did it, just did it, done it, shared, signed, written, given

# A call that reached somebody.
word-reached = reached, reached someone, reached somebody, I reached someone, spoke to someone, talked to someone, they answered

# A call that ended on voicemail.
word-voicemail = voicemail, left a message, I left a message, left a voicemail, answering machine

# A call to a line that was busy, or that nobody answered.
word-unavailable = busy, no answer, busy line, line busy, nobody answered, no one answered

# Not to be asked again today.
word-not-today = not today, skip, pass, no time today

# All that one confirmed of the ask is taken back.
word-undo = undo, cancel, take it back, undo that, I take it back, my mistake

# What may stand before the name of a network or between two: “done on mastodon and bluesky”.
word-filler = on, and, via, by, to

# E-mail among the networks, by all its names.
word-email = email, e-mail, mail, by e-mail

# Somebody answered a call with “done” in the room. The quoted words are among those above.
# $number (String) - the ask's number.
word-which-outcome = What came of the call for no. { $number }? Reply “reached”, “voicemail” or “busy”.

# The same after the command “done”, which must say it.
# $number (String) - the ask's number.
word-which-outcome-command = What came of the call? Type “{ -prefix }done { $number } reached”, “{ -prefix }done { $number } voicemail” or “{ -prefix }done { $number } busy”.

# The command “done” was given words that mean nothing for its ask.
# $given (String) - the words.
# $number (String) - the ask's number.
# $known (String) - what may be said: “done, Mastodon or Bluesky, not today, undo”.
word-unknown = “{ $given }” means nothing for no. { $number }. You can say: { $known }.

# The ask is not open in any room.
# $number (String) - the ask's number.
word-not-open = No. { $number } is not open. Type “{ -prefix }today” to see what is.
