### Importing the calendar.

# The first line when all went well.
import-done = The calendar is in.

# Asks that are new.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
import-added =
    { $count ->
        [one] One new ask
       *[other] { $shown } new asks
    }

# Asks that were changed.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
import-updated =
    { $count ->
        [one] One ask changed
       *[other] { $shown } asks changed
    }

# Asks that stand as the calendar has them.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
import-unchanged =
    { $count ->
        [one] One ask unchanged
       *[other] { $shown } asks unchanged
    }

# Asks that were posted already and that the calendar has otherwise.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
import-left-alone =
    { $count ->
        [one] One ask was posted already and stays as it is
       *[other] { $shown } asks were posted already and stay as they are
    }

# Campaigns that are new.
# $names (String) - a list of their short names.
import-new-campaigns = New campaigns: { $names }

# What to do next.
import-next = Each waits for a coordinator’s approval in each language: “{ -prefix }ask list waiting”, then “{ -prefix }ask show” and its number.

# There is nothing to do next.
import-nothing-new = Nothing new waits for approval.

# Several spreadsheets at once.
import-one-at-a-time = Give one calendar at a time, with its pictures beside it.

# It asks in groups that the person does not coordinate.
import-other-groups = This calendar asks in groups that you do not coordinate, so nothing was imported. Leave those rows out, or ask somebody who coordinates them.

# A picture that is none, or too large.
# $name (String) - the name of its file.
import-bad-picture = “{ $name }” is no PNG, JPEG, GIF or WebP picture of at most 8 MB. Nothing was imported; replace it and give everything again.

# Another picture of that name is in use.
# $name (String) - the picture’s name.
import-picture-in-use = Another picture called “{ $name }” goes with an ask that was posted or that is not yours. Nothing was imported; give yours another name and give everything again.

# To the coordination rooms, after somebody dropped a calendar.
# $count (Number) - how many asks wait.
# $shown (String) - how many, as it is shown.
import-waiting-notice =
    { $count ->
        [one] A calendar was imported: one ask waits for approval (“{ -prefix }ask list waiting”).
       *[other] A calendar was imported: { $shown } asks wait for approval (“{ -prefix }ask list waiting”).
    }

# Asks whose times coordinators changed since the calendar was last imported, and the calendar did not.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
import-kept-times =
    { $count ->
        [one] One ask keeps the time that a coordinator gave it
       *[other] { $shown } asks keep the times that coordinators gave them
    }

# A calendar was dropped that is larger than what is read.
# $name (String) - the file's name.
# $size (String) - the largest that is read, in megabytes.
import-too-large = “{ $name }” is larger than { $size } MB, so nothing was imported. Save it without its pictures, or in parts, and give it again.

# A calendar was dropped that could not be fetched or decrypted.
# $name (String) - the file's name.
import-not-fetched = “{ $name }” could not be read, so nothing was imported. Please give it again.

# The answer to “calendar import” where files are dropped.
import-drop = Drop the calendar here: a spreadsheet (.xlsx or .csv), with the pictures that it names beside it.

# The answer to “calendar import” where it is given files, and was given no spreadsheet.
import-attach = Choose the spreadsheet (.xlsx or .csv) as the file of “{ -prefix }calendar import”, and add the pictures that it names.
