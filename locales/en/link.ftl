### The pages that lead to a link of a prompt, for platforms where it cannot be pressed.

# Above the link, for whoever it did not open by itself.
link-open = If nothing opens, press here:

# In place of a link that is not there any more, or never was.
link-gone = There is no such link. The prompt in the room may have changed.

# In place of a link where too many people ask at once.
link-later = Many people are here at once. Please try again in a moment.
