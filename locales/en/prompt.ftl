### An ask as a room or a person sees it.

# The first line of a prompt, which alone says what, of whom, until when.
# $kind (String) - the ask's kind: share, call, write, sign, give, attend, other.
# $until (String) - when it ends: “Tuesday 8 p.m.”.
# $subject (String) - the campaign's title, or the first words of the ask.
# $number (String) - the ask's number.
prompt-title =
    { $kind ->
        [share] 📣 Share before { $until } — { $subject } · no. { $number }
        [call] 📞 Call before { $until } — { $subject } · no. { $number }
        [write] ✉️ Write before { $until } — { $subject } · no. { $number }
        [sign] ✍️ Sign before { $until } — { $subject } · no. { $number }
        [give] 💛 Give before { $until } — { $subject } · no. { $number }
        [attend] 📅 Will you come? Answer before { $until } — { $subject } · no. { $number }
       *[other] ⭐ To do before { $until } — { $subject } · no. { $number }
    }

# Above the text that is to be copied.
prompt-copy-label = Text to copy

# Above what a caller says.
prompt-script-label = What to say:

# The link of an ask, where there is something to sign, to give to or to read.
prompt-open-page = Open the page

# Below the links of networks that open with the text in place.
# $networks (String) - their names.
prompt-share-ready = { $networks }: tap, and the text is ready there.

# Below the links of networks that take the link alone.
# $networks (String) - their names.
prompt-share-link-only = { $networks }: copy the text first, then tap. Only the link is filled in.

# Networks that have no link for sharing, or no page to share there.
# $networks (String) - their names.
prompt-share-by-hand = { $networks }: copy the text, then paste it in the app.

# A network for which the text is too long.
# $network (String) - its name.
# $length (String) - how long the text is, in the network's own count.
# $limit (String) - the longest that it takes.
prompt-share-too-long = { $network }: the text is too long ({ $length } of { $limit }). Copy it and shorten it.

# A number to call, as a link.
# $name (String) - whom to ask for.
# $number (String) - the number.
prompt-target = { $name }: { $number }

# Where the call is for one's own representative.
prompt-representative = Call the person who represents you. Your assembly’s website gives the number.

# Stands in a script for what the caller fills in: their riding or district.
prompt-fill-district = [your riding or district]

# Stands in a script for what the caller fills in: their representative's name.
prompt-fill-legislator = [your representative’s name]

# The button by which somebody says that they did it.
# $kind (String) - the ask's kind.
prompt-button-done =
    { $kind ->
        [share] Shared
        [write] Written
        [sign] Signed
        [give] Given
        [attend] I’ll be there
       *[other] Done
    }

# The buttons of a call.
# $outcome (String) - reached, voicemail or unavailable.
prompt-button-call =
    { $outcome ->
        [reached] Reached someone
        [voicemail] Voicemail
       *[unavailable] Busy, no answer
    }

# A button of a call with several numbers.
# $name (String) - whom.
# $outcome (String) - what came of it, as on the buttons of a call.
prompt-button-call-to = { $name }: { $outcome }

# The button by which somebody says not to be asked again today.
prompt-button-not-today = Not today

# The button that shows a prompt in English, on a prompt in French.
prompt-button-read = In English

# The running total of all but calls.
# $count (Number) - how many people.
# $kind (String) - the ask's kind.
# $shown (String) - how many people, as it is shown.
prompt-total =
    { $count ->
        [0] Be the first.
        [one]
            { $kind ->
                [share] One person shared it.
                [write] One person wrote.
                [sign] One person signed.
                [give] One person gave.
                [attend] One person will be there.
               *[other] One person did it.
            }
       *[other]
            { $kind ->
                [share] { $shown } people shared it.
                [write] { $shown } people wrote.
                [sign] { $shown } people signed.
                [give] { $shown } people gave.
                [attend] { $shown } people will be there.
               *[other] { $shown } people did it.
            }
    }

# The running total of calls: both halves of it.
# $calls (String) - “31 calls made”.
# $conversations (String) - “9 conversations”.
prompt-total-calls = { $calls }, { $conversations }.

# How many calls, attempts included.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
prompt-calls =
    { $count ->
        [0] No call yet
        [one] One call made
       *[other] { $shown } calls made
    }

# How many calls reached somebody.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
prompt-conversations =
    { $count ->
        [0] no conversation yet
        [one] one conversation
       *[other] { $shown } conversations
    }

# The total of a prompt that is over.
# $total (String) - the running total.
prompt-over = { $total } It is over: thank you all.

# Above the reactions by which a prompt is answered, where there are no buttons.
prompt-react = Answer with a reaction:

# Below a prompt in a room where the servers can read reactions and not what is written: an encrypted room of Matrix.
# $word (String) - what one may reply: “done”.
# $command (String) - what one may type in private: “done 12”.
prompt-reactions-seen = Servers see reactions, not what you write: reply “{ $word }” here, or write me “{ $command }” in private.
