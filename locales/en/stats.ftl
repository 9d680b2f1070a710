### The answers of `stats`.

# The numbers of a day.
# $day (String) - “Tuesday, November 24”.
stats-today-title = Today, { $day }

# The numbers of a week that is not over.
# $week (String) - its days, such as “November 23 to 29”.
stats-week-title = This week so far, { $week }

# The numbers of an ask.
# $number (String) - its number.
# $title (String) - its first words.
stats-ask-title = No. { $number }, “{ $title }”

# How much was done, by how many people.
# $actions (String) - “12 actions”.
# $people (String) - “8 people”.
stats-headline = { $actions } by { $people }.

# How much was done in the week so far, by how many people, some of them new.
# $actions (String) - “12 actions”.
# $people (String) - “8 people”.
# $new (String) - how many for the first time.
stats-headline-new = { $actions } by { $people }, { $new } of them for the first time.

# How much was done of an ask that is posted again and again.
# $actions (String) - “120 actions”.
# $days (String) - on how many days.
stats-headline-days = { $actions } over { $days } days.

# How much was done, where it does not matter by how many.
# $actions (String) - “120 actions”.
stats-headline-total = { $actions } in all.

# Nothing was done.
stats-nothing = Nothing confirmed yet.

# Where some of what was done may not be known yet.
# $since (String) - from when: “today at 2:05 p.m.”, “Tuesday, November 17 at 8 p.m.”.
stats-missing = What was done since { $since } may still be missing.

# What a week compares with.
# $actions (String) - “284 actions”.
stats-week-before = The whole week before: { $actions }.

# A line of the week so far.
# $day (String) - “Monday”.
# $actions (String) - “68 actions”.
stats-day = { $day }: { $actions }

# Above the asks.
stats-asks = By ask:

# One of the asks.
# $ask (String) - “no. 12, “Sign!””.
# $actions (String) - “12 actions”.
stats-ask = { $ask }: { $actions }

# Beneath the asks, where there are more than fit.
# $count (Number) - how many more.
# $shown (String) - the same, as it is shown.
stats-asks-more =
    { $count ->
        [one] and one more ask
       *[other] and { $shown } more asks
    }

# Where an ask stands.
# $state (String) - draft, rejected, approved, open, closed or expired.
stats-ask-state =
    { $state ->
        [draft] A draft, waiting for approval.
        [rejected] Sent back with a note.
        [approved] Approved, waiting for its time.
        [open] Open.
        [closed] Over.
       *[expired] Expired: its time passed before it could be posted.
    }

# Where an ask stands that can still be done.
# $until (String) - when it ends: “Tuesday 8 p.m.”.
stats-ask-open = To be done before { $until }; it is open.

# How many of the people around an ask did it.
# $count (Number) - on how many days it was done.
# $rate (String) - “41%”.
# $active (String) - how many people.
stats-ask-rate =
    { $count ->
        [one] { $rate } of the { $active } people active these last 28 days in its rooms.
       *[other] On average each time, { $rate } of the { $active } people active these last 28 days in its rooms.
    }

# Where an ask stood.
# $rooms (String) - the names of the rooms.
stats-ask-rooms = Posted in { $rooms }.

# The last of the rooms' names, where there are more than fit.
# $count (Number) - how many more.
# $shown (String) - the same, as it is shown.
stats-rooms-more =
    { $count ->
        [one] one other room
       *[other] { $shown } other rooms
    }

# What “stats” was asked about is neither a day, an ask nor a campaign, nor near to the name of one.
# $given (String) - what was typed.
stats-unknown = I have no numbers about “{ $given }”. Type “{ -prefix }stats” with nothing for today, or with “week”, the number of an ask (#12) or the short name of a campaign.
