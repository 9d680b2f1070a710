### The values that people choose among, as they are shown and as they may be typed.

# What a room is for: in “room add” and “room list”.
# $purpose (String) - volunteers, coordination or leadership.
value-purpose =
    { $purpose ->
        [volunteers] volunteers
        [coordination] coordination
       *[leadership] leadership
    }

# A role: in “role grant”, “role revoke” and “me”.
# $role (String) - volunteer, leader, coordinator or admin.
value-role =
    { $role ->
        [leader] leader
        [coordinator] coordinator
        [admin] admin
       *[volunteer] volunteer
    }

# A language, or both: in “room add”, in “me language”, and after “in” where an ask is approved.
# $language (String) - fr, en or both.
value-language =
    { $language ->
        [fr] French
        [en] English
       *[both] both
    }

# The kind of an ask: in its form and in “campaign goal”.
# $kind (String) - share, call, write, sign, give, attend or other.
value-kind =
    { $kind ->
        [share] share
        [call] call
        [write] write
        [sign] sign
        [give] give
        [attend] attend
       *[other] other
    }

# Where an ask stands: in “ask list”, “ask show”, and beside an ask's number where it is completed.
# $state (String) - draft, rejected, approved, open, closed, withdrawn or expired.
value-state =
    { $state ->
        [draft] waiting
        [rejected] sent back
        [approved] approved
        [open] open
        [closed] closed
        [withdrawn] withdrawn
       *[expired] expired
    }

# In place of a group in “room list” and after “role grant”.
value-everywhere = everywhere

# What is typed in “ask schedule”, before a time, to post from Monday to Friday.
value-weekdays = weekdays

# The same in more words, as “ask schedule” answers.
value-every-weekday = every weekday

# What is typed after “me pause” to end it.
value-end = end

# What is typed after “me forget” to have everything about oneself erased.
value-yes = yes

# What is typed after “stats” to see the numbers of today.
value-today = today

# What is typed after “stats” to see the numbers of the week.
value-week = week

# What is typed after “room seed” to have reactions put below prompts.
value-on = on

# What is typed after “room seed” to have none.
value-off = off

# Why the bot cannot work in a room: in “room list”.
# $absence (String) - removed, barred, moved, empty, gone or silenced.
value-absence =
    { $absence ->
        [removed] the bot is not there
        [barred] the bot was banned
        [moved] upgraded, the bot is not in the new room
        [empty] everybody has left
        [gone] it was deleted
       *[silenced] the bot may not do its work
    }
