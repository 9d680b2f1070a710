### Hints below the questions of the form for an ask.

# How to answer a question; empty where that is plain.
# $field (String) - the field, by the calendar's name for its column.
form-hint =
    { $field ->
        [campaign] Its short name, such as stop-renovictions; a new name starts a campaign
        [wording_fr] What rooms read and people copy. Leave empty if nobody reads French
        [wording_en] What rooms read and people copy. Leave empty if nobody reads English
        [link] The whole address, from https:// on
        [hashtags] Separated by spaces
        [networks] Where people may pass it on; each gets its own link
        [groups] Choose none to reach every room of volunteers
        [date] Such as 2026-12-01; leave empty to schedule it later
        [time] Such as 09:00, by each room’s own clock
        [closes] Such as 2026-12-01 20:00; the end of the day if left empty
        [target] For a call: “Name: number”, separated by “;”, or a jurisdiction such as ca-qc
        [script_fr] What a caller says
        [script_en] What a caller says
        [image] The name of a file given with a calendar, such as poster.png
        [alt_fr] What it shows, for those who do not see it
        [alt_en] What it shows, for those who do not see it
       *[other] { "" }
    }

# The button that sends a form, where the form is a message.
form-send = Send
