### The picture of the weekly summary, and what is said to those who do not see it.

# Above the picture.
# $week (String) - its days, such as “November 23 to 29”.
chart-title = Week of { $week }

# Beneath a bar: a day of the week, as short as it is understood.
# $day (Number) - 1 for Monday to 7 for Sunday.
chart-weekday =
    { $day ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }

# In the key: posts shared.
chart-key-shares = Shares

# In the key: telephone calls.
chart-key-calls = Calls

# In the key: what else was done (letters, signatures, gifts, coming to events).
chart-key-others = Other actions

# In the key: the line of the week before.
chart-key-before = Week before

# In place of bars, where a week has none.
chart-empty = Nothing confirmed this week

# Said of the picture, the first week.
# $week (String) - its days.
# $kinds (String) - what was done, by kind.
chart-alt = One bar a day, week of { $week }: { $kinds }.

# Said of the picture.
# $week (String) - its days.
# $kinds (String) - what was done, by kind.
# $before (String) - how much was done the week before.
chart-alt-compared = One bar a day, week of { $week }: { $kinds }, compared with { $before } the week before.

# Where nothing was done, in place of the kinds.
chart-alt-nothing = nothing confirmed

# One of the kinds.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
chart-alt-shares =
    { $count ->
        [one] { $shown } share
       *[other] { $shown } shares
    }

# One of the kinds.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
chart-alt-calls =
    { $count ->
        [one] { $shown } call
       *[other] { $shown } calls
    }

# One of the kinds: what is neither a share nor a call.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
chart-alt-others =
    { $count ->
        [one] { $shown } other action
       *[other] { $shown } other actions
    }

# Said of the picture: the best day, or those that share the first place.
# $count (Number) - how many days they are.
# $days (String) - their names.
# $shown (String) - how much was done that day.
chart-alt-best =
    { $count ->
        [one] The best day was { $days }, with { $shown }.
       *[other] The best days were { $days }, with { $shown } each.
    }
