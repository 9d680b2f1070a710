### Words that many places share.

# The bot's name, the same in both languages.
-bot-name = Relais

# Stands before a command that people are to type, as in “{ -prefix }help”: where the text is shown, it becomes what is typed before commands
# there, such as “/”.
-prefix = { "\uFDD0" }

# A command as it is typed, where several are listed.
# $command (String) - the command.
common-command = { -prefix }{ $command }

# A day of the week, in the middle of a sentence.
# $day (Number) - 1 for Monday to 7 for Sunday.
common-weekday =
    { $day ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }

# A month, in the middle of a sentence.
# $month (Number) - 1 for January to 12 for December.
common-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }

# A day without its year: “December 2”.
# $day (Number) - the day of the month, 1 for its first.
# $month (String) - the month's name.
# $shown (String) - the day, as it is shown.
common-date =
    { $day ->
        [1] { $month } { $shown }
       *[other] { $month } { $shown }
    }

# A day with its year: “December 2, 2026”.
# $date (String) - the day without its year.
# $year (String) - the year.
common-date-year = { $date }, { $year }

# A day with its weekday: “Tuesday, December 2”.
# $weekday (String) - the day of the week.
# $date (String) - the day without its year.
common-weekday-date = { $weekday }, { $date }

# A day from another: “November 23 to 29”, “November 30 to December 6”.
# $first (String) - the first day.
# $last (String) - the last day.
common-date-range = { $first } to { $last }

# A time of day: “6:30 p.m.”, “6 p.m.”.
# $half (Number) - 1 before noon, 2 from noon on.
# $hour (String) - the hour as this language counts it: 1 to 12 in English, 0 to 23 in French.
# $minute (String) - two digits, empty on the hour.
common-time =
    { $half ->
        [1] { $hour }{ $minute } a.m.
       *[2] { $hour }{ $minute } p.m.
    }

# What stands between the hour and the minutes, with the minutes.
# $minute (String) - two digits.
common-time-minutes = :{ $minute }

# A day near by, in the middle of a sentence.
# $days (Number) - -1 for yesterday, 0 for today, 1 for tomorrow.
common-near-day =
    { $days ->
        [-1] yesterday
        [0] today
       *[1] tomorrow
    }

# A day on which something happens, in the middle of a sentence: “it ended Tuesday, December 2”.
# $day (String) - the day with its weekday.
common-on-day = { $day }

# A day and a time: “Tuesday, December 2 at 6:30 p.m.”, “today at 6:30 p.m.”.
# $day (String) - the day.
# $time (String) - the time.
common-day-time = { $day } at { $time }

# A day and a time before which something is to be done: “Thursday 10 a.m.”.
# $day (String) - the day.
# $time (String) - the time.
common-day-deadline = { $day } { $time }

# The last two of a list.
# $first (String) - all but the last, or the first of two.
# $last (String) - the last.
common-list-end = { $first } and { $last }

# Two neighbours in a list, but for the last two.
# $first (String) - what is listed so far.
# $next (String) - what comes next.
common-list-middle = { $first }, { $next }

# E-mail, where networks are named.
common-network-email = E-mail

# A telephone number with an extension: “514 555-0142, ext. 12”.
# $number (String) - the number.
# $extension (String) - the extension.
common-extension = { $number }, ext. { $extension }

# Above a form as a text, where there are no forms to fill in.
form-by-text = Copy this text, write your answers after the colons, and send it back here:

# In which language, in a list.
# $language (String) - fr or en.
in-language =
    { $language ->
        [fr] in French
       *[en] in English
    }

# Above buttons where one presses them by reacting with their emoji: “↩️ Undo”.
common-by-reaction = React to this message with:
