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

# After “room crosspost on”.
room-crossposted = Done: prompts here are published to the channels that follow this one.

# After “room crosspost off”.
room-not-crossposted = Done: prompts stay in this channel.

# “room crosspost” anywhere but in an announcement channel of Discord.
room-crosspost-needless = Only an announcement channel of Discord can be followed from other servers. Type this in one.

# “room seed” where prompts have buttons.
room-seed-needless = Prompts have buttons here: there is nothing to put below them.

# A room was linked that has a group.
# $room (String) - its name.
# $purpose (String) - what it is for.
# $language (String) - what it reads.
# $group (String) - its group.
# $zone (String) - its time zone.
room-linked-in-group = { $room } is linked: { $purpose }, { $language }, group “{ $group }”, clock of { $zone }.

# One room in the list where the bot cannot work for now.
# $room (String) - the line of that room.
# $why (String) - why.
room-line-absent = { $room } · ⚠️ { $why }

# Another room was unlinked than the one where that was typed.
# $room (String) - its name.
room-unlinked-elsewhere = { $room } is no longer linked: nothing is posted there any more. What was counted stays counted.

# Why an invitation is declined. It stands beside the refusal in the client of whoever invited.
# $organisation (String) - the organisation.
room-invitation-declined = This bot works for { $organisation } and comes when an admin, a coordinator or a member of one of its rooms invites it.

# In private, to whoever can link a room where the bot just came in.
# $room (String) - the room's name.
# $prefix (String) - what is typed before a command in that room.
room-hello = Hello! I am in { $room } now, and say nothing there until it is linked. To link it, type there “{ $prefix }room add”, then what the room is for (volunteers, coordination or leadership) and its language (fr, en or both).

# In private, to whoever can link the channels of a server where the bot just came in.
# $server (String) - the server's name.
room-hello-server = Hello! I am in the server { $server } now, and say nothing there until a channel is linked. To link one, type in it “{ -prefix }room add”, then what it is for (volunteers, coordination or leadership) and its language (fr, en or both). I must see the channel, read its history, and may send messages, links and files there.

# In private, to whoever can say what a space stands for where the bot just came in.
# $space (String) - the space's name.
room-hello-space = Hello! I am in the space { $space } now. To have it stand for a group, type here “{ -prefix }group space”, then the group’s name and “{ $space }”.

# The first words in a private conversation that somebody began.
# $organisation (String) - the organisation.
room-hello-private = Hello! I am the bot of { $organisation }. Here you type commands as they are: “{ -prefix }today” shows what is open, “{ -prefix }help” what else there is.

# There is no such space.
# $given (String) - what was typed.
# $known (String) - a list of the spaces that the bot is in.
room-no-such-space = I am in no space or server “{ $given }”. Those that I am in: { $known }.

# The bot is in no space at all.
# $given (String) - what was typed.
room-no-spaces = I am in no space or server “{ $given }”, nor in any other. Invite me into it first.

# A space stands for a group now.
# $space (String) - the space.
# $group (String) - the group.
group-stands = { $space } stands for the group “{ $group }” now: its rooms that are linked without a group belong to it.

# A standing in a room gives a role now.
# $kind (String) - what the standing is: role (of a server), level (of power).
# $level (String) - the standing.
# $room (String) - the room.
# $role (String) - the role.
# $place (String) - the group, or “everywhere”.
role-mapped =
    { $kind ->
        [role] Whoever has “{ $level }” in the server of { $room } now has the role { $role }, { $place }, for as long as that lasts.
       *[level] Whoever has level { $level } or more in { $room } now has the role { $role }, { $place }, for as long as that lasts.
    }

# A standing in a room no longer gives a role.
# $kind (String) - what the standing is: role (of a server), level (of power).
# $level (String) - the standing.
# $room (String) - the room.
# $role (String) - the role.
role-unmapped =
    { $kind ->
        [role] “{ $level }” in the server of { $room } no longer gives the role { $role }.
       *[level] Level { $level } in { $room } no longer gives the role { $role }.
    }

# A standing in a room did not give that role.
# $kind (String) - what the standing is: role (of a server), level (of power).
# $level (String) - the standing.
# $room (String) - the room.
# $role (String) - the role.
role-not-mapped =
    { $kind ->
        [role] “{ $level }” in the server of { $room } does not give the role { $role } there.
       *[level] Level { $level } in { $room } does not give the role { $role } there.
    }

# What was typed is no standing on this platform.
# $given (String) - what was typed.
role-no-such-standing = “{ $given }” is neither a role of the server nor a power level. On Discord, name a role of this server as it is written there; on Matrix, give a power level above 0, such as 50 for the moderators of a room.

# The first line of the list.
role-list-title = Who has a role

# Somebody in the list of roles.
# $name (String) - who.
# $role (String) - which.
# $place (String) - the group, or “everywhere”.
role-line = { $name } · { $role } · { $place }

# A standing in the list of roles.
# $kind (String) - what the standing is: role (of a server), level (of power).
# $level (String) - the standing.
# $room (String) - the room.
# $role (String) - the role.
# $place (String) - the group, or “everywhere”.
role-line-standing =
    { $kind ->
        [role] “{ $level }” in the server of { $room }
       *[level] from level { $level } in { $room }
    } · { $role } · { $place }

# Nobody has a role.
role-list-empty = Nobody has a role by command, and no room gives one. The admins that the configuration names are not listed here.
