### The commands: their names, as people type them, and a sentence about each for the help.

# What is typed.
command-today = today
# What it does.
command-today-help = What is open for you now, with its buttons.

# What is typed.
command-me = me
# What it does.
command-me-help = What Relais knows about you and what you can change.

# What is typed.
command-me-language = me language
# What it does.
command-me-language-help = Choose the language of your private answers.

# What is typed.
command-me-pause = me pause
# What it does.
command-me-pause-help = Receive nothing in private until a day; say “end” to stop the pause.

# What is typed.
command-me-undo = me undo
# What it does.
command-me-undo-help = Take back what you confirmed last, or what you confirmed of one ask.

# What is typed.
command-me-export = me export
# What it does.
command-me-export-help = Receive all that is stored about you, as a file.

# What is typed.
command-me-forget = me forget
# What it does.
command-me-forget-help = Have all that is stored about you erased for good.

# What is typed.
command-help = help
# What it does.
command-help-help = What you can do here, or how one command is typed.

# What is typed.
command-stats = stats
# What it does.
command-stats-help = The numbers of today, of the week, of an ask (#12) or of a campaign.

# What is typed.
command-summary-now = summary now
# What it does.
command-summary-now-help = The summary of last week, as the leadership gets it.

# What is typed.
command-ask-new = ask new
# What it does.
command-ask-new-help = Write an ask.

# What is typed.
command-ask-edit = ask edit
# What it does.
command-ask-edit-help = Change an ask; what was approved of it must be approved again.

# What is typed.
command-ask-show = ask show
# What it does.
command-ask-show-help = See an ask as the rooms will, and where it stands.

# What is typed.
command-ask-list = ask list
# What it does.
command-ask-list-help = The latest asks, or those in one state.

# What is typed.
command-ask-approve = ask approve
# What it does.
command-ask-approve-help = Approve an ask, in one language or in all it has.

# What is typed.
command-ask-reject = ask reject
# What it does.
command-ask-reject-help = Send an ask back to its author, with a note.

# What is typed.
command-ask-schedule = ask schedule
# What it does.
command-ask-schedule-help = Say when an ask is posted: a day and a time, or every weekday at a time.

# What is typed.
command-ask-post = ask post
# What it does.
command-ask-post-help = Post an approved ask now.

# What is typed.
command-ask-close = ask close
# What it does.
command-ask-close-help = Close an ask before its time.

# What is typed.
command-stop = stop
# What it does.
command-stop-help = Halt everything that goes out, at once, until resume.

# What is typed.
command-resume = resume
# What it does.
command-resume-help = Let everything go out again.

# What is typed.
command-campaign-new = campaign new
# What it does.
command-campaign-new-help = Start a campaign: a short name, and its title in French and in English.

# What is typed.
command-campaign-goal = campaign goal
# What it does.
command-campaign-goal-help = Set a campaign’s goal: how many, by which day, of which kind.

# What is typed.
command-campaign-list = campaign list
# What it does.
command-campaign-list-help = The campaigns and their goals.

# What is typed.
command-room-add = room add
# What it does.
command-room-add-help = Link this room: what it is for, its language, its group, its time zone.

# What is typed.
command-room-list = room list
# What it does.
command-room-list-help = The rooms that are linked.

# What is typed.
command-room-remove = room remove
# What it does.
command-room-remove-help = Unlink this room: nothing is posted here any more.

# What is typed.
command-group-add = group add
# What it does.
command-group-add-help = Make a group of rooms.

# What is typed.
command-role-grant = role grant
# What it does.
command-role-grant-help = Give somebody a role, everywhere or in one group.

# What is typed.
command-role-revoke = role revoke
# What it does.
command-role-revoke-help = Take a role back.

# A parameter, as it is named in “name:value”.
parameter-language = language

# A parameter, as it is named in “name:value”.
parameter-until = until

# A parameter, as it is named in “name:value”.
parameter-ask = ask

# A parameter, as it is named in “name:value”.
parameter-sure = sure

# A parameter, as it is named in “name:value”.
parameter-command = command

# A parameter, as it is named in “name:value”.
parameter-what = what

# A parameter, as it is named in “name:value”.
parameter-state = state

# A parameter, as it is named in “name:value”.
parameter-note = note

# A parameter, as it is named in “name:value”.
parameter-when = when

# A parameter, as it is named in “name:value”.
parameter-campaign = campaign

# A parameter, as it is named in “name:value”.
parameter-title-fr = title_fr

# A parameter, as it is named in “name:value”.
parameter-title-en = title_en

# A parameter, as it is named in “name:value”.
parameter-count = count

# A parameter, as it is named in “name:value”.
parameter-by = by

# A parameter, as it is named in “name:value”.
parameter-kind = kind

# A parameter, as it is named in “name:value”.
parameter-purpose = purpose

# A parameter, as it is named in “name:value”.
parameter-room-language = language

# A parameter, as it is named in “name:value”.
parameter-group = group

# A parameter, as it is named in “name:value”.
parameter-zone = zone

# A parameter, as it is named in “name:value”.
parameter-person = person

# A parameter, as it is named in “name:value”.
parameter-role = role
