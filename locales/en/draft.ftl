### An ask as people type it: the names of its fields, and what can be wrong in them. What is wrong comes after a colon.

# A field, as a form labels it.
# $field (String) - the column's name in the calendar.
draft-field =
    { $field ->
        [ref] Reference
        [campaign] Campaign
        [kind] Kind of ask
        [date] Day of posting
        [time] Time of posting
        [groups] Groups
        [networks] Networks
        [wording_fr] French wording
        [wording_en] English wording
        [script_fr] French script
        [script_en] English script
        [link] Link
        [hashtags] Hashtags
        [image] Picture
        [alt_fr] Description of the picture in French
        [alt_en] Description of the picture in English
        [target] Whom to call
       *[closes] Closes
    }

# A mistake in a form.
# $field (String) - the field, as the form labels it.
# $problem (String) - what is wrong.
draft-mistake = { $field }: { $problem }

# Something must be there and is not.
draft-missing = this is needed. Fill it in.

# A text is too long.
# $length (String) - how many characters there are.
# $limit (String) - the most that are taken.
draft-too-long = { $length } characters are too many. Shorten it to { $limit }.

# A list is too long.
# $count (String) - how many there are.
# $limit (String) - the most that are taken.
draft-too-many = there are { $count } here. Keep { $limit } at most.

# A text that cannot be a reference.
# $given (String) - what was typed.
draft-reference-bad = “{ $given }” cannot be a reference. Use letters, digits, hyphens, dots and underscores.

# Two rows of a file have one reference.
# $row (String) - the first of them.
draft-reference-repeated = row { $row } has the same reference. Give each ask its own.

# A text that cannot be a campaign's short name.
# $given (String) - what was typed.
draft-campaign-bad = “{ $given }” cannot name a campaign. Use letters, digits and hyphens.

# A word that is no kind of ask. The words are those that are understood.
# $given (String) - what was typed.
draft-kind-unknown = “{ $given }” is no kind of ask. Write share, call, write, sign, give, attend or other.

# A word that is nearly a kind of ask.
# $given (String) - what was typed.
# $nearest (String) - what was most likely meant.
draft-kind-unknown-near = “{ $given }” is no kind of ask. Did you mean “{ $nearest }”?

# A word that is no network.
# $given (String) - what was typed.
# $networks (String) - the words that are understood.
draft-network-unknown = “{ $given }” is no network known here. The networks are { $networks }.

# A word that is nearly a network.
# $given (String) - what was typed.
# $nearest (String) - what was most likely meant.
draft-network-unknown-near = “{ $given }” is no network known here. Did you mean “{ $nearest }”?

# A name that no group has.
# $given (String) - what was typed.
draft-group-unknown = no group is called “{ $given }”. Check the name, or have the group added first.

# A name that is nearly a group's.
# $given (String) - what was typed.
# $nearest (String) - what was most likely meant.
draft-group-unknown-near = no group is called “{ $given }”. Did you mean “{ $nearest }”?

# A text that is no day.
# $given (String) - what was typed.
draft-day-unknown = “{ $given }” is not understood as a day. Write it like 2026-11-23.

# A day that no calendar has.
# $day (String) - the day: “November 31”, “February 29, 2027”.
draft-day-impossible = { $day } does not exist. Correct the day.

# A text that is no time.
# $given (String) - what was typed.
draft-time-unknown = “{ $given }” is not understood as a time. Write it like 09:00 or 18:30.

# A text that is no day and time.
# $given (String) - what was typed.
draft-moment-unknown = “{ $given }” is not understood as a day and a time. Write them like 2026-11-24 20:00.

# A time that is skipped in the night when the clocks go forward.
# $time (String) - the time.
# $day (String) - the day.
draft-time-skipped = the clocks skip { $time } on { $day }, when they go forward. Choose another time.

# A time without a day.
draft-day-missing = there is a time but no day. Add the day, or remove the time.

# A day without a time.
draft-time-missing = there is a day but no time. Add the time, or remove the day.

# An ask that would be over before it begins.
# $start (String) - when it begins: “Monday, November 23 at 9 a.m.”.
draft-closes-too-early = the ask is posted on { $start } and cannot close before that. Choose a later time.

# An ask without words in any language.
draft-wording-none = there are no words yet. Write them in French, in English or in both.

# A language has a script or a description of the picture, and no wording.
# $language (String) - the language's code.
draft-wording-missing =
    { $language ->
        [fr] a French script or description is there without a French wording. Write the wording, or remove the rest.
       *[en] an English script or description is there without an English wording. Write the wording, or remove the rest.
    }

# A text that is no address of a page.
# $given (String) - what was typed.
draft-link-bad = “{ $given }” is not a link. Write the whole address, beginning with https:// and without a password.

# A text that is no hashtag.
# $given (String) - what was typed.
draft-hashtag-bad = “{ $given }” is not a hashtag. Use letters, digits and _ only, with at least one letter.

# A name that no picture has.
# $given (String) - what was typed.
draft-picture-unknown = there is no picture called “{ $given }”. Send it together with the calendar, or check its name.

# A name that is nearly a picture's.
# $given (String) - what was typed.
# $nearest (String) - what was most likely meant.
draft-picture-unknown-near = there is no picture called “{ $given }”. Did you mean “{ $nearest }”?

# A picture is described and none is there.
draft-picture-missing = a picture is described but none is named. Name it, or remove its description.

# The picture is not described in a language that has a wording.
# $language (String) - the language's code.
draft-alt-missing =
    { $language ->
        [fr] the picture is not described in French. Say what it shows, for those who do not see it.
       *[en] the picture is not described in English. Say what it shows, for those who do not see it.
    }

# A text that does not say whom to call.
# $given (String) - what was typed.
draft-target-bad = “{ $given }” does not say whom to call. Write a name, a colon and a number, or a jurisdiction such as ca-qc for each caller’s own representative.

# A text that is no telephone number.
# $given (String) - what was typed.
draft-number-bad = “{ $given }” is not a telephone number. Write 3 to 15 digits, like 514-555-0199.

# Somebody is to be called by an ask that is no call.
draft-target-idle = only a call has somebody to call. Change the kind to call, or leave this empty.
