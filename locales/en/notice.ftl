### What coordinators are told in their rooms without having asked.

# An ask ended, and some rooms never got it.
# $number (String) - the ask's number.
# $count (Number) - how many rooms.
# $shown (String) - how many rooms, as it is shown.
notice-ask-missed-rooms =
    { $count ->
        [one] No. { $number } is over. One room never got it: check that the bot may still write there.
       *[other] No. { $number } is over. { $shown } rooms never got it: check that the bot may still write there.
    }

# An ask's time passed while it waited for approval.
# $number (String) - the ask's number.
notice-ask-not-approved = No. { $number } was not approved in time, so it was not posted. To use it after all, change when it closes (“{ -prefix }ask edit { $number }”), then when it is posted (“{ -prefix }ask schedule { $number }”).

# An ask was approved after its slot.
# $number (String) - the ask's number.
notice-ask-approved-late = No. { $number } was approved after its time, so it was not posted. Give it another time (“{ -prefix }ask schedule { $number }”), or post it now (“{ -prefix }ask post { $number }”).

# An ask's time passed before it could be posted.
# $number (String) - the ask's number.
notice-ask-not-posted = No. { $number } could not be posted in time. Check that its groups have rooms (“{ -prefix }room list”), then change when it closes (“{ -prefix }ask edit { $number }”) and when it is posted (“{ -prefix }ask schedule { $number }”).
