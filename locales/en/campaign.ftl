### Campaigns and their goals.

# The short name cannot be one.
# $name (String) - what was typed.
campaign-bad-name = “{ $name }” cannot be a campaign’s short name. Use up to 40 letters without accents, digits and hyphens, such as stop-renovictions.

# There is one of that name.
# $name (String) - its short name.
campaign-known = There is a campaign “{ $name }” already. Choose another short name.

# It was made.
# $name (String) - its short name.
campaign-made = The campaign “{ $name }” is ready. To give it a goal: “{ -prefix }campaign goal { $name } 500 2026-12-15 share”.

# A goal, as it is named.
# $kind (String) - the kind of the asks, or “all”.
# $count (Number) - how many.
# $shown (String) - how many, as it is shown.
# $due (String) - the last day.
campaign-goal =
    { $kind ->
        [share]
            { $count ->
                [one] { $shown } share by { $due }
               *[other] { $shown } shares by { $due }
            }
        [call]
            { $count ->
                [one] { $shown } call by { $due }
               *[other] { $shown } calls by { $due }
            }
        [write]
            { $count ->
                [one] { $shown } message written by { $due }
               *[other] { $shown } messages written by { $due }
            }
        [sign]
            { $count ->
                [one] { $shown } signature by { $due }
               *[other] { $shown } signatures by { $due }
            }
        [give]
            { $count ->
                [one] { $shown } gift by { $due }
               *[other] { $shown } gifts by { $due }
            }
        [attend]
            { $count ->
                [one] { $shown } person planning to come by { $due }
               *[other] { $shown } people planning to come by { $due }
            }
       *[all]
            { $count ->
                [one] { $shown } action by { $due }
               *[other] { $shown } actions by { $due }
            }
    }

# A goal was set.
# $campaign (String) - the campaign's title.
# $goal (String) - the goal: “1,000 shares by December 15”.
campaign-goal-set = { $campaign }: the goal is { $goal }.

# The last day has passed.
# $day (String) - the day.
campaign-goal-past = { $day } has passed. Choose a day to come.

# A goal and how far it is.
# $goal (String) - the goal.
# $done (String) - how many so far.
campaign-goal-progress = { $goal } ({ $done } so far)

# There is no campaign.
campaign-none = There is no campaign yet. “{ -prefix }campaign new” starts one.

# The first line of the list.
campaign-list-title = Campaigns

# A campaign without a goal.
# $name (String) - its short name.
# $title (String) - its title.
campaign-line = { $name } · { $title }

# A campaign with its goals.
# $name (String) - its short name.
# $title (String) - its title.
# $goals (String) - a list of its goals.
campaign-line-goals = { $name } · { $title } · { $goals }

# A title is too long.
# $title (String) - how it begins.
# $length (String) - how many characters it has.
# $limit (String) - how many it may have.
campaign-title-too-long = “{ $title }” is too long for a title: it has { $length } characters, and { $limit } is the most. Nothing was made; shorten it.
