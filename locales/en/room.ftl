### Rooms, groups and roles.

# A room was linked.
# $room (String) - its name.
# $purpose (String) - what it is for.
# $language (String) - what it reads.
# $zone (String) - its time zone.
room-linked = { $room } is linked: { $purpose }, { $language }, clock of { $zone }.

# A room was unlinked.
room-unlinked = This room is no longer linked: nothing is posted here any more. What was counted stays counted.

# No room is linked.
room-none = No room is linked yet. An admin types “{ -prefix }room add” in each.

# The first line of the list.
room-list-title = Linked rooms

# One room in the list.
# $room (String) - its name.
# $purpose (String) - what it is for.
# $language (String) - what it reads.
# $group (String) - its group, or “everywhere”.
# $zone (String) - its time zone.
room-line = { $room } · { $purpose } · { $language } · { $group } · { $zone }

# The name cannot be one.
# $name (String) - what was typed.
group-bad-name = “{ $name }” cannot be a group’s name. Use up to 40 characters, without commas and semicolons.

# There is a group of that name.
# $name (String) - its name.
group-known = There is a group “{ $name }” already.

# A group was made.
# $name (String) - its name.
group-made = The group “{ $name }” is ready. Put rooms in it with “{ -prefix }room add”.

# A role was given.
# $name (String) - to whom.
# $role (String) - which.
# $place (String) - the group, or “everywhere”.
role-granted = { $name } now has the role { $role }, { $place }.

# A role was taken back.
# $name (String) - from whom.
# $role (String) - which.
role-revoked = { $name } no longer has the role { $role }.

# The person did not have it.
# $name (String) - who.
# $role (String) - which.
role-not-held = { $name } does not have the role { $role } there.

# Only coordinators are so by group.
# $role (String) - which.
role-not-by-group = The role { $role } holds for the whole organisation. Type it again without the group.

# The last admin would be gone.
role-last-admin = That is the last admin. Give somebody else the role first.

# After “room seed on”.
room-seeded = Done: prompts here bear their reactions from the start.

# After “room seed off”.
room-not-seeded = Done: prompts here bear only the reactions that people give.

# “room seed” where prompts have buttons.
room-seed-needless = Prompts have buttons here: there is nothing to put below them.
