### What is open for a person.

# Several asks are open.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
today-title =
    { $count ->
        [one] One ask is open for you
       *[other] { $shown } asks are open for you
    }

# Nothing is open.
today-nothing = Nothing is open right now. The next ask will appear in your room.

# Everything that is open was answered.
today-all-done = You have answered everything that is open. Thank you!

# Below the list.
today-hint = One tap is enough. “Open” shows the text to copy, the links and what to say.

# A button for one of several asks.
# $number (String) - the ask's number.
# $label (String) - what the button says on the prompt.
today-button = no. { $number }: { $label }

# The button that shows one of several asks.
# $number (String) - the ask's number.
today-button-open = Open no. { $number }
