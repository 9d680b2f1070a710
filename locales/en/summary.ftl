### The weekly summary, and what it shares with the statistics.

# Its first line.
# $week (String) - its days, such as “November 23 to 29”.
# $until (String) - up to when its numbers are complete: “Sunday 11:59 p.m.”.
summary-title = Week of { $week } — complete up to { $until }

# Its first line, where not all that happened before the week is known yet.
# $week (String) - its days.
# $since (String) - from when something may be missing: “Tuesday, November 17 at 8 p.m.”.
summary-title-unread = Week of { $week } — what was done since { $since } may still be missing

# Confirmations of all kinds together.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
summary-actions =
    { $count ->
        [one] { $shown } action
       *[other] { $shown } actions
    }

# People.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
summary-people =
    { $count ->
        [one] one person
       *[other] { $shown } people
    }

# Confirmations of one kind.
# $kind (String) - share, call, write, sign, give, attend or other.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
summary-count =
    { $kind ->
        [share]
            { $count ->
                [one] { $shown } share
               *[other] { $shown } shares
            }
        [call]
            { $count ->
                [one] { $shown } call
               *[other] { $shown } calls
            }
        [write]
            { $count ->
                [one] { $shown } message written
               *[other] { $shown } messages written
            }
        [sign]
            { $count ->
                [one] { $shown } signature
               *[other] { $shown } signatures
            }
        [give]
            { $count ->
                [one] { $shown } gift
               *[other] { $shown } gifts
            }
        [attend] { $shown } planning to come
       *[other]
            { $count ->
                [one] { $shown } other action
               *[other] { $shown } other actions
            }
    }

# After the number of calls: what came of them.
# $outcome (String) - reached, voicemail or unavailable.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
summary-outcome =
    { $outcome ->
        [reached]
            { $count ->
                [one] { $shown } conversation
               *[other] { $shown } conversations
            }
        [voicemail]
            { $count ->
                [one] { $shown } voicemail
               *[other] { $shown } voicemails
            }
       *[unavailable] { $shown } busy or unanswered
    }

# Compared with the week before: how far it moved.
# $change (String) - “+12%”.
summary-compared-change = { $change } on the week before

# Compared with the week before: it hardly moved.
summary-compared-same = about the same as the week before

# Compared with the week before, which had nothing.
summary-compared-nothing = nothing the week before

# There is no week before.
summary-compared-first = nothing yet to compare with

# The week is not over, or had nothing: what the week before had in all.
# $shown (String) - how many confirmations.
summary-compared-whole = { $shown } in all the week before

# How much was done, by how many, some of them new and some not.
# $actions (String) - “318 actions”.
# $people (String) - “84 people”.
# $comparison (String) - “+12% on the week before”.
# $new (String) - how many for the first time.
# $returning (String) - how many who had been active before.
summary-headline = { $actions } by { $people } ({ $comparison }), { $new } of them for the first time and { $returning } returning

# How much was done, by people who had all been active before.
# $count (Number) - how many people.
# $actions (String) - “318 actions”.
# $people (String) - “84 people”.
# $comparison (String) - “+12% on the week before”.
summary-headline-returning =
    { $count ->
        [one] { $actions } by { $people } ({ $comparison }), returning
       *[other] { $actions } by { $people } ({ $comparison }), all of them returning
    }

# How much was done, by people who are all new.
# $count (Number) - how many people.
# $actions (String) - “318 actions”.
# $people (String) - “84 people”.
# $comparison (String) - “+12% on the week before”.
summary-headline-new =
    { $count ->
        [one] { $actions } by { $people } ({ $comparison }), for the first time
       *[other] { $actions } by { $people } ({ $comparison }), all of them for the first time
    }

# How much was done, in the first week.
# $actions (String) - “318 actions”.
# $people (String) - “84 people”.
# $comparison (String) - “nothing yet to compare with”.
summary-headline-first = { $actions } by { $people } ({ $comparison })

# How much was done, where everybody who did it had themselves forgotten.
# $actions (String) - “318 actions”.
# $comparison (String) - “+12% on the week before”.
summary-headline-nobody = { $actions } ({ $comparison })

# Nothing was done.
# $comparison (String) - “284 in all the week before”.
summary-headline-nothing = Nothing confirmed ({ $comparison })

# What was asked.
# $asks (String) - “5 to share, 3 to call and 1 to sign”.
summary-asked = Asks posted: { $asks }

# One kind of what was asked.
# $kind (String) - share, call, write, sign, give, attend or other.
# $shown (String) - how many asks.
summary-asked-kind =
    { $kind ->
        [share] { $shown } to share
        [call] { $shown } to call
        [write] { $shown } to write
        [sign] { $shown } to sign
        [give] { $shown } to give
        [attend] { $shown } to attend
       *[other] { $shown } other
    }

# Nothing was asked.
summary-asked-nothing = No ask was posted this week.

# An ask, where it is named.
# $number (String) - its number.
# $title (String) - its first words.
summary-ask = no. { $number }, “{ $title }”

# An ask, and the one room in which it stood.
# $ask (String) - “no. 13, “Call before the vote””.
# $room (String) - the room.
summary-ask-in = { $ask }, in { $room }

# An ask, and the rooms in which it stood.
# $count (Number) - in how many more.
# $ask (String) - “no. 13, “Call before the vote””.
# $room (String) - one of the rooms.
# $shown (String) - how many more, as it is shown.
summary-ask-in-several =
    { $count ->
        [one] { $ask }, in { $room } and one other room
       *[other] { $ask }, in { $room } and { $shown } other rooms
    }

# The ask that did best, where there is one.
# $count (Number) - on how many days it was done.
# $ask (String) - the ask.
# $rate (String) - “41%”.
summary-best-one =
    { $count ->
        [one] The ask that did best: { $ask } ({ $rate } of the people active these last 28 days in its rooms)
       *[other] The ask that did best: { $ask } ({ $rate } of the people active these last 28 days in its rooms, on average each time)
    }

# The ask that did best, where there is one and few people did it.
# $ask (String) - the ask.
# $actions (String) - “3 actions”.
summary-best-one-counted = The ask that did best: { $ask } ({ $actions })

# Above the asks that did best.
summary-best = The asks that did best, by how many of the people active these last 28 days in their rooms did them:

# Above the asks that did best, where few people did them.
summary-best-counted = The asks that did best:

# One of the asks that did best.
# $count (Number) - on how many days it was done.
# $ask (String) - the ask.
# $rate (String) - “41%”.
# $people (String) - how many did it.
# $active (String) - how many were active in its rooms.
# $times (String) - on how many days it was done, as it is shown.
summary-best-rate =
    { $count ->
        [one] { $ask }: { $rate } ({ $people } of { $active })
       *[other] { $ask }: { $rate } on average over { $times } days
    }

# One of the asks that did best, where few people did it.
# $ask (String) - the ask.
# $actions (String) - “3 actions”.
summary-best-count = { $ask }: { $actions }

# A link to an ask's message in a room.
# $number (String) - the ask's number.
# $room (String) - the room.
summary-best-link = No. { $number } in { $room }

# A goal and how far it is.
# $state (String) - reached or open.
# $what (String) - “1,000 shares”.
# $date (String) - the last day.
# $bar (String) - ten squares, the full ones first.
# $reached (String) - how many there are.
summary-goal =
    { $state ->
        [reached] Goal reached: “{ $what } by { $date }” { $bar } { $reached }
       *[open] Goal “{ $what } by { $date }” { $bar } { $reached }
    }

# A goal and how far it is, where goals of several campaigns stand together.
# $state (String) - reached or open.
# $what (String) - “1,000 shares”.
# $date (String) - the last day.
# $campaign (String) - the campaign's title.
# $bar (String) - ten squares, the full ones first.
# $reached (String) - how many there are.
summary-goal-of =
    { $state ->
        [reached] Goal reached: “{ $what } by { $date }” ({ $campaign }) { $bar } { $reached }
       *[open] Goal “{ $what } by { $date }” ({ $campaign }) { $bar } { $reached }
    }

# Beneath the goals, where there are more than fit.
# $count (Number) - how many more.
# $shown (String) - the same, as it is shown.
summary-goals-more =
    { $count ->
        [one] and one more goal
       *[other] and { $shown } more goals
    }

# Above the numbers of each group.
summary-groups = By group:

# A group's week.
# $group (String) - its name.
# $actions (String) - “120 actions”.
# $people (String) - “30 people”.
summary-group = { $group }: { $actions } by { $people }

# A group of which numbers would point at somebody.
# $group (String) - its name.
summary-group-few = { $group }: fewer than 5 people

# A group whose numbers would let those of such a group be worked out.
# $group (String) - its name.
summary-group-withheld = { $group }: not shown, so that nobody in a smaller group can be identified

# In place of a group's name.
summary-group-none = Rooms without a group

# Beneath the groups, where there are more than fit.
# $count (Number) - how many more.
# $shown (String) - the same, as it is shown.
summary-groups-more =
    { $count ->
        [one] and one more group
       *[other] and { $shown } more groups
    }
