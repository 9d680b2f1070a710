//! A guild in the hands of those who run it: its channels, roles and members.

use std::sync::Arc;

use super::{
    Person, World,
    channel::{Kind, Standing},
    guild::Guild,
    permission::Permissions,
    snowflake::Id,
};

/// A guild, which people call a server.
pub struct Server {
    world: Arc<World>,
    pub id: Id,
    pub owner: Person,
    /// The role that came with the bot, which has what everybody has until it is given more.
    pub bot_role: Id,
}

impl Server {
    pub(super) fn found(world: &Arc<World>, name: &str, owner: Person) -> Self {
        let (id, bot_role) = world.act(|state| {
            let guild = Guild::found(state, name, owner.id);
            let (id, bot_role, bot) = (guild.id, guild.bot_role, state.application.bot);
            state.guilds.insert(id, guild);
            // It comes in once there is something to come into.
            state
                .guilds
                .get_mut(&id)
                .expect("it was just founded")
                .members
                .remove(&bot);
            state.let_in(id, bot);
            (id, bot_role)
        });
        Self {
            world: Arc::clone(world),
            id,
            owner,
            bot_role,
        }
    }

    pub fn channel(&self, name: &str) -> Id {
        self.world
            .act(|state| state.add_channel(self.id, Kind::Text, name))
    }

    pub fn announcement(&self, name: &str) -> Id {
        self.world
            .act(|state| state.add_channel(self.id, Kind::Announcement, name))
    }

    pub fn thread(&self, channel: Id, name: &str) -> Id {
        self.world
            .act(|state| state.add_thread(channel, self.owner.id, name))
    }

    pub fn set_thread(&self, thread: Id, standing: Standing) {
        self.world.act(|state| state.set_thread(thread, standing));
    }

    pub fn delete_channel(&self, channel: Id) {
        self.world.act(|state| state.delete_channel(channel));
    }

    pub fn role(&self, name: &str, permissions: Permissions) -> Id {
        self.world.act(|state| state.add_role(self.id, name, permissions))
    }

    /// Gives a role, `bot_role` for one, these permissions and no others.
    pub fn set_role_permissions(&self, role: Id, permissions: Permissions) {
        self.world
            .act(|state| state.set_role_permissions(self.id, role, permissions));
    }

    /// Takes permissions from the bot in one channel.
    pub fn deny(&self, channel: Id, permissions: Permissions) {
        let bot = self.world.lock().application.bot;
        self.world
            .act(|state| state.overwrite(channel, bot, 0, permissions));
    }

    /// Gives back what was taken.
    pub fn undo_deny(&self, channel: Id) {
        self.deny(channel, 0);
    }

    /// Says what one role or member may, or may not, do in one channel.
    pub fn overwrite(&self, channel: Id, whom: Id, allow: Permissions, deny: Permissions) {
        self.world
            .act(|state| state.overwrite(channel, whom, allow, deny));
    }

    /// Lets people in.
    pub fn admit(&self, people: &[&Person]) {
        for person in people {
            self.world.act(|state| state.let_in(self.id, person.id));
        }
    }

    /// Gives a member these roles and no others.
    pub fn appoint(&self, person: &Person, roles: &[Id]) {
        self.world.act(|state| state.set_roles(self.id, person.id, roles));
    }

    /// Puts the bot out.
    pub fn remove_bot(&self) {
        self.world.act(|state| state.put_out(self.id));
    }

    /// Invites the bot again.
    pub fn invite_bot(&self) {
        let bot = self.world.lock().application.bot;
        self.world.act(|state| state.let_in(self.id, bot));
    }
}
