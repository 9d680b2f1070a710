### Halting everything that goes out.

# After “stop”.
halt-stopped = Stopped: nothing goes out any more, not even running totals, until a coordinator types “{ -prefix }resume”. Buttons and reactions are still counted.

# After “stop” when everything is halted already.
# $since (String) - since when: “Tuesday at 8 p.m.”.
halt-already = Everything is stopped already, since { $since }; “{ -prefix }resume” lets it go on.

# After “resume”.
halt-resumed = Everything goes out again. Asks whose time passed meanwhile are not posted.

# After “resume” when nothing was halted.
halt-not-halted = Nothing was stopped: everything goes out as usual.

# What coordinators read in their rooms after a resumption.
# $since (String) - since when it was halted.
halt-notice = Everything that goes out was stopped since { $since }; it goes on now.
