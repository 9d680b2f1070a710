### What somebody is told in private about what they just did.

# A share on one network was counted.
# $number (String) - the ask's number.
# $code (String) - the network's code.
# $network (String) - the network's name.
answer-shared-on =
    Noted: no. { $number } { $code ->
        [email] shared by e-mail. Thank you!
       *[other] shared on { $network }. Thank you!
    }

# Anything but a call was counted: a signature, a letter, the promise to come.
# $number (String) - the ask's number.
answer-done = Noted for no. { $number }. Thank you!

# A call was counted.
# $outcome (String) - reached, voicemail or unavailable.
# $number (String) - the ask's number.
answer-called =
    { $outcome ->
        [reached] Noted: you reached someone for no. { $number }. Thank you!
        [voicemail] Noted: voicemail for no. { $number }. Messages count too. Thank you!
       *[unavailable] Noted for no. { $number }. A busy line counts as an attempt: they will see the missed calls. Thank you!
    }

# It was counted already: nothing changed.
# $number (String) - the ask's number.
answer-already = Already noted for no. { $number }: it counts once. Thank you!

# What was counted is now counted otherwise.
# $number (String) - the ask's number.
answer-corrected = Corrected for no. { $number }. Thank you!

# After what was counted, before the button that takes it back.
answer-mistake = A mistake? You can undo it.

# The button that takes back what was counted.
answer-undo = Undo

# All was taken back.
# $number (String) - the ask's number.
answer-undone = Undone: nothing counts for you any more for no. { $number }.

# There was nothing to take back.
# $number (String) - the ask's number.
answer-nothing-to-undo = There is nothing to undo: nothing was counted for you for no. { $number }.

# Somebody who has confirmed nothing yet asked to undo their last confirmation.
answer-nothing-to-undo-at-all = There is nothing to undo. What you did can be taken back while its ask is open.

# Somebody wanted to undo what they had confirmed of an ask that is over. It stays counted.
# $number (String) - the ask's number.
# $ended (String) - when it ended: “today at 8 p.m.”, “Tuesday at 8 p.m.”.
answer-settled = No. { $number } ended { $ended }: what was counted by then stays counted and can no longer be undone.

# Somebody said not today.
# $number (String) - the ask's number.
answer-not-today = All right, not today for no. { $number }. Thank you for saying so.

# Somebody said not today of an ask of which they confirmed something before. That still counts.
# $number (String) - the ask's number.
answer-not-today-counted = All right, nothing more today for no. { $number }. What you confirmed before still counts.

# The ask is over.
# $number (String) - the ask's number.
# $ended (String) - when it ended: “today at 8 p.m.”, “Tuesday at 8 p.m.”.
answer-over = No. { $number } ended { $ended }, so this was not counted. Thank you all the same!

# After that, where another ask is open.
# $number (String) - its number.
answer-over-next = No. { $number } is open now: type “{ -prefix }today” to see it.

# A private word after somebody's first confirmation ever, made by a reaction.
# $number (String) - the ask's number.
# $organisation (String) - the organisation's name.
answer-first-time = Thank you: your reaction to no. { $number } is counted, and it is your first with { $organisation }. To take it back, remove the reaction. Type “{ -prefix }help” here to see what else you can do.

# Something failed on our side while recording.
answer-not-recorded = This could not be recorded just now, and nothing was counted. Please try again in a minute; the people who run this bot have been told.

# A button was pressed that means nothing any more.
answer-button-unknown = This button no longer works. Type “{ -prefix }today” to see what is open.
