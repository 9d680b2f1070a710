### The page of the embedded chat, and what its listener refuses.

# The bot's name: the page's title, and the author of its messages.
page-bot-name = { -bot-name }

# Beside the bot's name on its messages.
page-bot = bot

# First link of the page, seen only with the keyboard.
page-skip = Skip to the messages

# Heading of the list of rooms, and the button that opens it on a phone.
page-rooms = Rooms

# Beside a room that holds something new.
page-unread = new messages

# Label of the list of people that one can be.
page-you-are = You are

# Below the bot's name in the list of rooms: the private conversation with it.
page-direct = Private conversation

# What the private conversation is, above its messages.
page-direct-topic = Only you and { -bot-name } read here. Commands need no “/”.

# Name of the messages' region.
page-messages = Messages

# Where a room has no messages.
page-empty = Nothing has been written here yet.

# Button above the messages.
page-earlier = Earlier messages

# Button that appears when a message came in below what is in view.
page-newest = New messages below

# Beside the time of a message that was changed.
page-edited = edited

# Above a private answer.
page-only-you = Only you see this

# Button that removes a private answer.
page-dismiss = Dismiss

# Before the command that a private answer is about.
page-you-typed = You typed

# Button that copies a text, and what it says right after.
page-copy = Copy
page-copied = Copied

# Where copying failed: the text is selected instead.
page-copy-selected = Selected: copy it with your keyboard

# Before the names of files that somebody dropped.
page-files = Files

# Button that shows a picture larger.
page-enlarge = Enlarge the picture

# Button that closes a picture, a form or the list of rooms.
page-close = Close

# Button on the bot's messages, and the name of the list of reactions.
page-react = React
page-reactions = Reactions

# Names of the reactions that are offered.
page-emoji-done = Done
page-emoji-voicemail = Voicemail
page-emoji-busy = Busy or no answer
page-emoji-not-today = Not today

# Who reacted, where there are more people than are named.
# $count (Number) - how many other people there are.
# $names (String) - some names, separated by commas.
# $shown (String) - the same, as it is shown.
page-reaction-others =
    { $count ->
        [one] { $names } and { $shown } other
       *[other] { $names } and { $shown } others
    }

# Label and hint of the field where messages are typed.
page-write = Write a message
page-write-hint = Type “/” for commands. Enter sends, Shift+Enter starts a new line.

# The same in the private conversation.
page-write-direct = Write a command
page-write-direct-hint = Start with “help” to see what you can do. Enter sends.

# Name of the list of commands that appears while one types.
page-suggestions = Suggestions

# Button that sends a message.
page-send = Send

# Button that opens the choice of files.
page-attach = Add files

# Shown while files are dragged over the page.
page-drop = Drop the files here

# While something takes its time.
page-working = One moment…

# Beside a question of a form that may stay empty.
page-optional = optional

# Where nothing is chosen yet.
page-choose = Choose…

# Before the number of characters of a text that is being written.
page-characters = Characters:

# Above the list of what is wrong with a form.
page-mistakes = Please correct this first

# Buttons at the foot of a form.
page-form-send = Send
page-form-cancel = Cancel

# Button for a file that the bot made.
page-download = Download

# Name of the panel that moves the demo's clock, and its buttons.
page-clock = The demo’s clock
page-clock-ten-minutes = +10 min
page-clock-hour = +1 h
page-clock-day = +1 day
page-clock-next = To the next event
page-clock-nothing = Nothing is planned.

# While the page cannot reach its server.
page-lost = The connection is lost. Trying again…

# Where the page's key is out of date.
page-expired = { -bot-name } was started again since. Open the new address that it printed.

# Where the browser runs no scripts.
page-needs-script = This page needs JavaScript.

# Where a request bears no key, or a wrong one.
page-problem-key = Open the whole address that { -bot-name } printed when it started: it holds the key to this page.

# Where a request came by another name or from another site.
page-problem-origin = This did not come from { -bot-name }’s own page, so it was refused. Open the address that it printed when it started.

# Where there is nothing at an address.
page-problem-nowhere = There is nothing at this address.

# Where the page sent something that makes no sense.
page-problem-request = The page sent something that { -bot-name } does not understand. Reload it and try again.

# Where nobody has this id.
page-problem-person = There is nobody by that name here.

# Where there is no such room.
page-problem-room = There is no such room, or it is not yours to read.

# Where there is no such message.
page-problem-message = This message is no longer there.

# Where nothing was typed or dropped.
page-problem-empty = There is nothing to send yet.

# Where a message is too long.
# $shown (String) - how many characters it may have.
page-problem-long = The message is too long. Shorten it to { $shown } characters.

# Where dropped files are too large or too many.
# $size (String) - how many megabytes they may have together.
# $files (String) - how many files may be dropped at once.
page-problem-large = The files are too large: at most { $size } MB together, and { $files } files at once.

# Where no answer came in time.
page-problem-unanswered = No answer came in time. It may still be done: look before you try again.

# While the bot stops.
page-problem-stopping = { -bot-name } is stopping. Try again in a moment.

# Where the database or the disk failed.
page-problem-failed = Something went wrong on our side, and the people who run { -bot-name } can see it. Try again in a moment.

# In place of a message of the bot's that was taken back.
page-withdrawn = This message was withdrawn.
