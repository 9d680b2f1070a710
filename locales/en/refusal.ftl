### Why something was not done, and what to do about it.

# Nothing was typed after the prefix.
refusal-command-empty = What would you like to do? Type “{ -prefix }today” to see what is open, or “{ -prefix }help”.

# What was typed is no command, but looks like one.
# $given (String) - what was typed.
# $nearest (String) - the command that was likely meant.
refusal-command-unknown-nearest = I don’t know “{ $given }”. Did you mean “{ -prefix }{ $nearest }”?

# What was typed is no command.
# $given (String) - what was typed.
refusal-command-unknown = I don’t know “{ $given }”. Type “{ -prefix }help” to see what you can do.

# What was typed is the beginning of several commands.
# $next (String) - a list of them.
refusal-command-incomplete = The rest is missing. You can type: { $next }.

# Something that the command needs is missing.
# $parameter (String) - what is missing.
# $usage (String) - how the command is typed.
refusal-command-missing = “{ $parameter }” is missing. It is typed like this: { -prefix }{ $usage }

# More was given than the command takes.
# $given (String) - what is too much.
# $usage (String) - how the command is typed.
refusal-command-extra = “{ $given }” is too much here. It is typed like this: { -prefix }{ $usage }. Words that belong together go between “ ”.

# Open asks are shown to those who are in a room of the organisation, not to strangers.
# $organisation (String) - the organisation.
refusal-no-part = This is for people who are in a room of { $organisation }. Ask whoever organises there to let you into one, and try again.

# For admins alone.
refusal-admins-only = Only admins may do this. Ask one of them.

# For leaders and coordinators alone.
refusal-leadership-only = Only leaders and coordinators may see this. Ask one of them, or an admin for the role.

# For coordinators alone.
refusal-coordinators-only = Only coordinators may do this. Ask one of them, or an admin for the role.

# For coordinators of the whole organisation.
refusal-whole-organisation-only = This goes to every room, so only coordinators of the whole organisation may do it. Ask one of them, or name your own groups in it.

# For coordinators of other groups.
# $groups (String) - a list of the groups.
refusal-other-groups = This concerns { $groups }, and you do not coordinate all of it. Ask somebody who does.

# Something failed on our side.
# $reference (String) - what to tell the operator.
refusal-failure = Something went wrong on our side and nothing was changed. Please try again in a minute. If it stays so, tell the people who run this bot: reference { $reference }.

# No ask has this number.
# $given (String) - what was typed.
refusal-no-such-ask = There is no ask “{ $given }”. Type “{ -prefix }ask list” to see the latest ones and their numbers.

# No ask has this number, and who named it does not coordinate.
# $given (String) - what was typed.
refusal-no-such-ask-today = There is no ask “{ $given }”. Type “{ -prefix }today” to see what is open.

# No campaign has this name.
# $given (String) - what was typed.
refusal-no-such-campaign = There is no campaign “{ $given }”. Type “{ -prefix }campaign list” to see those there are.

# No campaign has this name, but one has nearly that.
# $given (String) - what was typed.
# $nearest (String) - the nearest there is.
refusal-no-such-campaign-nearest = There is no campaign “{ $given }”. Did you mean “{ $nearest }”?

# No group has this name.
# $given (String) - what was typed.
# $known (String) - a list of the groups there are.
refusal-no-such-group = There is no group “{ $given }”. The groups are: { $known }.

# $given (String) - what was typed.
# $nearest (String) - the group most likely meant.
refusal-no-such-group-nearest = There is no group “{ $given }”. Did you mean “{ $nearest }”?

# No group at all yet.
# $given (String) - what was typed.
refusal-no-groups = There is no group “{ $given }”, nor any other yet. An admin makes one with “{ -prefix }group add”.

# None of the values that may be given.
# $given (String) - what was typed.
# $known (String) - a list of what may be given.
refusal-no-such-value = “{ $given }” is not understood here. Choose one of these: { $known }.

# Nobody has this name.
# $given (String) - what was typed.
refusal-no-such-person = I know nobody called “{ $given }” here. They must first have pressed a button, reacted or typed a command where I am.

# Several people have this name.
# $given (String) - what was typed.
refusal-several-people = Several people are called “{ $given }” here. Mention the person (@…) instead of typing the name.

# A day that no calendar has.
# $day (String) - the day: “November 31”, “February 29, 2027”.
refusal-no-such-day = { $day } does not exist. Choose another day.

# Not a day.
# $given (String) - what was typed.
refusal-not-a-day = “{ $given }” is not understood as a day. Write it like 2026-12-15.

# Not a moment.
# $given (String) - what was typed.
refusal-not-a-moment = “{ $given }” is not understood as a day and a time. Write “2026-12-01 09:00”, or “weekdays 09:00”.

# A moment that no clock shows, because the clocks are put forward.
# $given (String) - what was typed.
refusal-skipped-by-the-clock = The clocks are put forward that night: there is no { $given }. Choose another time.

# Not a number.
# $given (String) - what was typed.
refusal-not-a-number = “{ $given }” is not a whole number above zero. Write it like 500.

# Not a time zone.
# $given (String) - what was typed.
refusal-no-such-zone = “{ $given }” is not a time zone. Write it like America/Montreal or Europe/Paris.

# Not in a room that can be linked.
refusal-not-in-private = Type this in the room that it is about, not in private.

# The room is not linked.
refusal-room-not-linked = This room is not linked. An admin links it with “{ -prefix }room add”.

# The form that was sent back is none of ours.
refusal-form-unknown = This form no longer works. Please type the command again.

# For coordinators of the whole organisation, where nothing is posted.
refusal-coordinators-of-all-only = Only coordinators of the whole organisation may do this. Ask one of them.

# No linked room has that name.
# $given (String) - what was typed.
refusal-no-such-room = There is no linked room “{ $given }”. “{ -prefix }room list” shows those that there are.

# Several rooms or spaces have that name.
# $given (String) - what was typed.
refusal-several-rooms = Several are called “{ $given }”. Give the id that the platform shows in the settings of the right one.
