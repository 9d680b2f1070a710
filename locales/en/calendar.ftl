### The content calendar: why a file is refused.

# A mistake in a row, in a list of them.
# $row (String) - the row's number.
# $column (String) - the column's name.
# $problem (String) - what is wrong.
calendar-mistake = Row { $row }, column “{ $column }”: { $problem }

# After the first mistakes, how many others there are.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
calendar-mistakes-more =
    { $count ->
        [one] And one more mistake.
       *[other] And { $shown } more mistakes.
    }

# The first line above all that is wrong with a file.
calendar-nothing-imported = Nothing was imported. Correct the file, then import it again, with its pictures.

# A file is too large.
# $megabytes (String) - the largest, in megabytes.
calendar-too-large = The file is too large. A calendar has at most { $megabytes } MB.

# A file has too many rows.
# $limit (String) - the most that are read.
calendar-too-many-rows = The file has more than { $limit } rows. Split it in two.

# A file has nothing in it.
# $columns (String) - the columns' names.
calendar-empty = The file is empty. Its first row names the columns: { $columns }.

# A file has a first row and nothing below.
calendar-no-rows = The file names its columns but has no row below them. Add a row for each ask.

# A text file in another encoding, or no text at all.
# $line (String) - the first line that cannot be read.
calendar-not-utf8 = Line { $line } has characters that cannot be read. Save the calendar as “CSV UTF-8” or as an .xlsx workbook.

# A quotation mark that opens and never closes.
# $row (String) - the row where it opens.
calendar-unclosed-quote = A quotation mark opens in row { $row } and never closes. Close it, or double it where it is part of a text.

# A workbook of before 2007, or with a password.
calendar-old-workbook = This workbook has a password or an old format. Save it as .xlsx without a password, or as CSV.

# A workbook that cannot be read.
calendar-broken-workbook = This workbook cannot be read. Open it in a spreadsheet program and save it again as .xlsx or as CSV.

# A formula with an error for its result.
# $cell (String) - the cell: “F7”.
calendar-broken-formula = The formula in cell { $cell } has an error. Correct it, or write the value itself.

# The first row names none of the columns.
# $columns (String) - the columns' names.
calendar-no-header = The first row does not name the columns. They are { $columns }.

# A column is not there.
# $column (String) - its name.
calendar-column-missing = Column “{ $column }” is missing. Add it; its cells may be empty.

# A column is none of the calendar's.
# $given (String) - its name.
calendar-column-unknown = Column “{ $given }” is not part of a calendar. Rename it or remove it.

# A column is nearly one of the calendar's.
# $given (String) - its name.
# $nearest (String) - what was most likely meant.
calendar-column-unknown-near = Column “{ $given }” is not part of a calendar. Did you mean “{ $nearest }”?

# A column is there more than once.
# $column (String) - its name.
calendar-column-repeated = Column “{ $column }” is there more than once. Keep one.

# After the first mistakes in the columns, how many others there are.
# $count (Number) - how many.
# $shown (String) - the same, as it is shown.
calendar-columns-more =
    { $count ->
        [one] One more column is wrong.
       *[other] { $shown } more columns are wrong.
    }

# A cell has no column.
# $row (String) - its row.
calendar-stray-cell = Row { $row } has a text in a cell without a column. Remove it, or put quotation marks around a text that holds a comma or a semicolon.
