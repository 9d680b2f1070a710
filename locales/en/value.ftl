### The values that people choose among, as they are shown and as they may be typed.

# What a room is for.
# $purpose (String) - volunteers, coordination or leadership.
value-purpose =
    { $purpose ->
        [volunteers] volunteers
        [coordination] coordination
       *[leadership] leadership
    }

# A role.
# $role (String) - volunteer, leader, coordinator or admin.
value-role =
    { $role ->
        [leader] leader
        [coordinator] coordinator
        [admin] admin
       *[volunteer] volunteer
    }

# A language, or both.
# $language (String) - fr, en or both.
value-language =
    { $language ->
        [fr] French
        [en] English
       *[both] both
    }

# The kind of an ask.
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

# Where an ask stands.
# $state (String) - draft, rejected, approved, open, closed or expired.
value-state =
    { $state ->
        [draft] waiting
        [rejected] sent back
        [approved] approved
        [open] open
        [closed] closed
       *[expired] expired
    }

# Everywhere, where a group could be named.
value-everywhere = everywhere

# What is typed to post every weekday.
value-weekdays = weekdays

# What is typed to end a pause.
value-end = end

# What is typed to confirm that everything about oneself is to be erased.
value-yes = yes

# What is typed to see the numbers of today.
value-today = today

# What is typed to see the numbers of the week.
value-week = week
