### What coordinators are told in their rooms without having asked.

# An ask's time passed while it waited for approval.
# $number (String) - the ask's number.
notice-ask-not-approved = No. { $number } was not approved in time, so it was not posted. To use it after all, change when it closes (“{ -prefix }ask edit { $number }”), then when it is posted (“{ -prefix }ask schedule { $number }”).

# An ask was approved after its slot.
# $number (String) - the ask's number.
notice-ask-approved-late = No. { $number } was approved after its time, so it was not posted. Give it another time (“{ -prefix }ask schedule { $number }”), or post it now (“{ -prefix }ask post { $number }”).

# An ask's time passed before it could be posted.
# $number (String) - the ask's number.
notice-ask-not-posted = No. { $number } could not be posted in time. Check that its groups have rooms (“{ -prefix }room list”), then change when it closes (“{ -prefix }ask edit { $number }”) and when it is posted (“{ -prefix }ask schedule { $number }”).

# An ask ended, and some rooms never got it.
# $count (Number) - how many rooms.
# $number (String) - the ask's number.
# $rooms (String) - a list of the rooms.
notice-ask-over-unreached =
    { $count ->
        [one] No. { $number } is over. { $rooms } never got it: check that the bot may still write there.
       *[other] No. { $number } is over. These rooms never got it: { $rooms }. Check that the bot may still write there.
    }

# An ask ended, and some rooms never got it, since it was approved or scheduled too late for their clocks.
# $count (Number) - how many rooms.
# $number (String) - the ask's number.
# $rooms (String) - a list of the rooms.
notice-ask-over-late =
    { $count ->
        [one] No. { $number } is over. { $rooms } never got it: by the clock there, its time had passed before it was approved or scheduled.
       *[other] No. { $number } is over. By their clocks, its time had passed before it was approved or scheduled, so these rooms never got it: { $rooms }.
    }

# The end of a long list of rooms: those that it does not name.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
notice-other-rooms =
    { $count ->
        [one] one other
       *[other] { $shown } others
    }

# Posted in a room where encrypted messages came that Relais has no key for: once, until it can read the room again.
notice-unreadable = I can’t read some of what was just written here: the key to it never reached me, so it didn’t count. If it was meant for me, type it again. If that changes nothing, close your app and open it again, or write to me in private. Reactions always reach me.

# The bot was put out of a room, or may no longer see it.
# $platform (String) - where the room is.
# $room (String) - its name.
notice-room-removed =
    { $platform ->
        [discord] The bot no longer sees { $room }: it was put out of the server, or may not see the channel. What is due there waits: let it see the channel, or invite it into the server again, and everything goes on.
       *[other] The bot was put out of { $room }. What is due there waits: invite it again and everything goes on.
    } If the room is not needed any more, type “{ -prefix }room remove { $room }”.

# The bot was banned from a room.
# $room (String) - its name.
notice-room-barred = The bot was banned from { $room }. What is due there waits: lift the ban, invite it again, and everything goes on. If the room is not needed any more, type “{ -prefix }room remove { $room }”.

# Everybody else has left a room.
# $room (String) - its name.
notice-room-empty = Everybody has left { $room }: nothing is posted there any more. If the room is not needed any more, type “{ -prefix }room remove { $room }”.

# The bot may no longer do its work in a room.
# $platform (String) - where the room is.
# $room (String) - its name.
notice-room-silenced =
    { $platform ->
        [discord] The bot may no longer do its work in { $room }: there it must be able to see the channel, read its history, and send messages (in threads too, where it is one), links and files.
       *[other] The bot may no longer write in { $room }.
    } What is due there waits until it may.

# The bot can no longer work in several rooms, for the same reason.
# $rooms (String) - a list of their names.
# $why (String) - the reason, as in “room list”.
notice-rooms-absent = The bot can no longer work in { $rooms } ({ $why }). What is due there waits until it can. “{ -prefix }room list” shows how it stands in each room.

# A room was deleted.
# $room (String) - its name.
notice-room-gone = { $room } was deleted: nothing is posted there any more. To let the bot forget it, type “{ -prefix }room remove { $room }”.

# A prompt that was withdrawn could not be taken out of its room.
# $number (String) - the ask's number.
# $room (String) - the room's name.
notice-prompt-remains = No. { $number } is withdrawn, but I could not delete it in { $room }: it still shows there. Have somebody who may delete messages in that room do it.

# The same where the room was upgraded since: it shows in the old one.
# $number (String) - the ask's number.
# $room (String) - the room's name.
notice-prompt-remains-before = No. { $number } is withdrawn, but I could not delete it in the room that { $room } was before its upgrade: it still shows there. Have somebody who may delete messages in that old room do it.

# The link to it, below one of these.
notice-prompt-remains-link = Where it shows

# A room was upgraded to another, and the bot followed.
# $room (String) - its name.
notice-room-moved = { $room } was upgraded, and the bot has moved along: what is due comes in the new room. What stands open in the old one still counts.

# A room was upgraded to another, and the bot may not enter that.
# $room (String) - its name.
notice-room-moved-without-us = { $room } was upgraded, and the bot may not enter the new room. What is due there waits: invite it there and everything goes on.

# What admins are told in private, once, when a platform's limit makes what waits take long.
# $seconds (String) - how many seconds one message takes.
# $waiting (Number) - how many messages wait.
# $messages (String) - how many messages, as it is shown.
# $count (Number) - how many minutes.
# $minutes (String) - how many minutes, as it is shown.
notice-limit =
    The server lets Relais send one message every { $seconds } s. { $waiting ->
        [one] One message is waiting.
       *[other] { $messages } messages are waiting.
    } { $count ->
        [one] All will have arrived in about a minute.
       *[other] All will have arrived in about { $minutes } minutes.
    } What closes first goes first, and nothing is lost.

# Under the line above: how that is lifted.
# $platform (String) - the platform.
notice-limit-lift =
    { $platform ->
        [matrix] Whoever runs the homeserver can lift this limit for the account of Relais alone (Synapse: “override_ratelimit” in its admin API). The guide “Relais on Matrix” has the command under “Limits”.
       *[other] Whoever runs that server may be able to lift this limit for Relais alone.
    }
