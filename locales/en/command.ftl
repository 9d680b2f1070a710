### The commands: `command-…` is what people type; its `-help` is the sentence beside it in the help and where commands are
### completed, of at most 100 characters. `parameter-…` is what a command is given, by the name that its usage shows and that may be
### typed before a colon: `language:french`; its `-help` is shown where clients ask for it, of at most 100 characters too. Each command and each parameter is understood by its name in either language.

command-today = today
command-today-help = What is open for you now, with its buttons.

command-done = done
command-done-help = Say that you did an ask (#12), and what came of it: a network, voicemail, not today…

command-me = me
# The same, among its subcommands where clients know each command by its whole name.
command-me-also = me show
command-me-help = What Relais knows about you and what you can change.

command-me-language = me language
command-me-language-help = Choose the language of your private answers.

command-me-pause = me pause
command-me-pause-help = Receive nothing in private for a week, or to the end of a day you name; “end” ends the pause.

command-me-undo = me undo
command-me-undo-help = Take back what you confirmed last, or for one ask (#12).

command-me-export = me export
command-me-export-help = Receive all that is stored about you, as a file.

command-me-forget = me forget
command-me-forget-help = Have all that is stored about you erased for good.

command-help = help
command-help-help = What you can do here, or how one command is typed.

command-stats = stats
command-stats-help = The numbers: today, week, an ask (#12) or a campaign.

command-summary-now = summary now
# Another name of it, which is understood as well.
command-summary-now-also = summary now
command-summary-now-help = The summary of last week, as the leadership gets it.

command-ask-new = ask new
command-ask-new-help = Write an ask.

command-ask-edit = ask edit
command-ask-edit-help = Change an ask; what was approved of it must be approved again.

command-ask-show = ask show
command-ask-show-help = See an ask as the rooms will, and where it stands.

command-ask-list = ask list
command-ask-list-help = The latest asks, or those of one state: waiting, approved, open…

command-ask-approve = ask approve
command-ask-approve-help = Approve an ask, in one language or in all it has.

command-ask-reject = ask reject
command-ask-reject-help = Send an ask back to its author, with a note.

command-ask-schedule = ask schedule
command-ask-schedule-help = Say when an ask is posted: “2026-12-01 09:00”, or “weekdays 09:00”.

command-ask-post = ask post
command-ask-post-help = Post an approved ask now.

command-ask-close = ask close
command-ask-close-help = Close an ask before its time.

command-ask-withdraw = ask withdraw
command-ask-withdraw-help = Take an ask back: it disappears from its rooms at once. A reason may follow.

command-calendar-import = calendar import
command-calendar-import-help = Bring in a calendar of asks: a spreadsheet, with its pictures.

command-stop = stop
command-stop-help = Stop everything that goes out, at once, until it is resumed.

command-resume = resume
command-resume-help = Let everything go out again after a stop.

command-campaign-new = campaign new
command-campaign-new-help = Start a campaign: a short name, and its title in French and in English.

command-campaign-goal = campaign goal
command-campaign-goal-help = Set a campaign’s goal: how many, by which day, of which kind.

command-campaign-list = campaign list
command-campaign-list-help = The campaigns and their goals.

command-room-add = room add
command-room-add-help = Link this room: volunteers, coordination or leadership; its language, group and time zone.

command-room-list = room list
command-room-list-help = The rooms that are linked.

command-room-crosspost = room crosspost
command-room-crosspost-help = Whether prompts here are published to the channels that follow this announcement channel: on or off.
command-room-seed = room seed
command-room-seed-help = Whether prompts here bear the reactions to tap from the start: on or off.

command-room-remove = room remove
command-room-remove-help = Unlink this room: nothing is posted here any more.

command-group-add = group add
command-group-add-help = Make a group of rooms.

command-group-space = group space
command-group-space-help = Have a space or a server that the bot is in stand for a group.

command-role-grant = role grant
command-role-grant-help = Give somebody a role (leader, coordinator, admin), everywhere or in one group.

command-role-revoke = role revoke
command-role-revoke-help = Take a role back from somebody.

command-role-map = role map
command-role-map-help = In this room, give a role to whoever has a role of the server, or a power level or more.

command-role-unmap = role unmap
command-role-unmap-help = In this room, no longer give a role by a role of the server or a power level.

command-role-list = role list
command-role-list-help = Who has a role, and which rooms give one.

# The language of one’s private answers, or the one in which an ask is approved.
parameter-language = language
parameter-language-help = French or English.

# The last day of “me pause”, or “end”.
parameter-until = until
parameter-until-help = The last day of the pause, such as 2026-12-01, or “end” to end it.

# The number of an ask.
parameter-ask = ask
parameter-ask-help = The ask, by its number.

# The “yes” that “me forget” waits for.
parameter-sure = sure
parameter-sure-help = “yes”, once you are sure.

# The command that “help” is asked about.
parameter-command = command
parameter-command-help = The command to explain.

# What “stats” is about: today, week, an ask or a campaign.
parameter-what = what
parameter-what-help = Today, week, an ask’s number or a campaign’s short name.

# The state that “ask list” is limited to: waiting, approved, open.
parameter-state = state
parameter-state-help = Only the asks of one state: waiting, approved, open…

# What should change in an ask that “ask reject” sends back.
parameter-note = note
parameter-note-help = What should change.

# The time for “ask schedule”: a day and a time, or weekdays and a time.
parameter-when = when
parameter-when-help = A day and a time, such as “2026-12-01 09:00”, or “weekdays 09:00”.

# The short name of a campaign.
parameter-campaign = campaign
parameter-campaign-help = The campaign, by its short name.
parameter-campaign-new-help = Its short name, in one word.

# The title of a new campaign in French; one word.
parameter-title-fr = title_fr
parameter-title-fr-help = Its title in French.

# The title of a new campaign in English; one word.
parameter-title-en = title_en
parameter-title-en-help = Its title in English.

# How many “campaign goal” aims at.
parameter-count = count
parameter-count-help = How many to aim at.

# The last day for “campaign goal”.
parameter-by = by
parameter-by-help = The last day that counts, such as 2026-12-15.

# The kind of asks that count for “campaign goal”: share, call.
parameter-kind = kind
parameter-kind-help = Count only asks of this kind.

# What “room add” links a room for: volunteers, coordination or leadership.
parameter-purpose = purpose
parameter-purpose-help = What the room is for.

# The language of the room that “room add” links: French, English or both.
parameter-room-language = language
parameter-room-language-help = The language of what is posted here.

# The name of a group of rooms.
parameter-group = group
parameter-group-help = The group of rooms.
parameter-group-new-help = The name of the new group.

# The time zone of the room that “room add” links.
parameter-zone = zone
parameter-zone-help = The time zone of the room, such as America/Toronto.

# To whom “role grant” gives a role, or from whom “role revoke” takes it: a name or an account.
parameter-person = person
parameter-person-help = Whom: a name, or an account.

# The role: leader, coordinator or admin.
parameter-role = role
parameter-role-help = Which role.

# What came of the ask for “done”: one of the words of word.ftl.
parameter-outcome = outcome
parameter-outcome-help = What came of it: a network, reached, voicemail, not today…

# Why “ask withdraw” takes an ask back; for the coordinators.
parameter-reason = reason
parameter-reason-help = Why, for the coordinators.

# “on” or “off”, for “room seed” and “room crosspost”.
parameter-switch = switch
parameter-switch-help = On or off.

# A space: a room that holds rooms.
parameter-space = space
parameter-space-help = The space or server that holds the group’s rooms.

# A standing in a room, such as a power level, which gives a role.
parameter-level = level
parameter-level-help = The standing that gives the role: a role of this server, a power level.

# A room that is linked.
parameter-room = room
parameter-room-help = The linked room; this one, where none is named.

# The spreadsheet that “calendar import” is given.
parameter-file = file
parameter-file-help = The calendar: a spreadsheet (.xlsx or .csv).

# A picture that “calendar import” is given beside the spreadsheet; a number may follow.
parameter-picture = picture
parameter-picture-help = A picture that the calendar names.
