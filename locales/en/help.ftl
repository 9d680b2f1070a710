### The help.

# Its first line.
help-title = What you can do

# Below it.
help-introduction = Answer a prompt with its buttons or with a reaction. You can also type, in English or in French:

# One command.
# $command (String) - what is typed.
# $help (String) - what it does.
help-line = { -prefix }{ $command } — { $help }

# How one command is typed.
# $usage (String) - the command with its parameters.
help-usage = It is typed like this: { -prefix }{ $usage }
