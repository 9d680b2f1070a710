//! `room`, `group` and `role`: how an admin sets the organisation up.

use super::{Arguments, Context, Handled, Stop, enqueue_offer, say};
use crate::{
    chat::{Answer, Block, Card},
    domain::{
        id::RoomId,
        role::{Grant, Role},
        room::Room,
        text::{clean_line, shortened},
    },
    prompt::Answers,
    rooms,
};

/// The longest name of a group, in characters.
const GROUP_NAME_MAX: usize = 40;

pub(super) async fn add(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    if context.place.is_private {
        return Err(Stop::Refusal(voice.refusal_not_in_private()));
    }
    let purpose = context.purpose(arguments.text(0))?;
    let language = context.room_language(arguments.text(1))?;
    let time_zone = match arguments.get(3) {
        Some(zone) => context.zone_named(zone)?,
        None => context
            .app
            .settings
            .time_zone
            .iana_name()
            .unwrap_or("UTC")
            .to_owned(),
    };
    let by_space = match arguments.get(2) {
        Some(_) => None,
        None => rooms::group_by_space(context.app, &context.place.address).await?,
    };
    let mut writer = context.write().await?;
    let group = context.optional_group(&mut writer, arguments.get(2)).await?;
    let group = group.or(by_space);
    let groups = writer.list_groups().await?;
    let room = Room {
        id: RoomId(0),
        address: context.place.address.clone(),
        name: rooms::shown_name(&context.place.name),
        purpose,
        language,
        time_zone,
        group,
    };
    writer.link_room(&room).await?;
    enqueue_offer(context.app, &mut writer, &room.address, context.now).await?;
    writer.commit().await?;
    rooms::look_at(context.app, room.address);
    let purpose = voice.value_purpose(purpose.code());
    let language = voice.value_language(language.code());
    let named = groups.into_iter().find(|(id, _)| Some(*id) == group);
    Ok(say(match named {
        Some((_, group)) => voice.room_linked_in_group(room.name, purpose, language, group, room.time_zone),
        None => voice.room_linked(room.name, purpose, language, room.time_zone),
    }))
}

pub(super) async fn seed(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    if Answers::on(context.app, context.platform()) == Answers::Buttons {
        return Err(Stop::Refusal(voice.room_seed_needless()));
    }
    let is_seeded = context.switch(arguments.text(0))?;
    let mut writer = context.write().await?;
    if !writer.set_seeded(&context.place.address, is_seeded).await? {
        return Err(Stop::Refusal(voice.refusal_room_not_linked()));
    }
    writer.commit().await?;
    Ok(say(if is_seeded {
        voice.room_seeded()
    } else {
        voice.room_not_seeded()
    }))
}

pub(super) async fn crosspost(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let room = &context.place.address;
    let platform = context.app.platform(context.platform());
    if !platform.is_some_and(|platform| platform.takes_crossposts(room)) {
        return Err(Stop::Refusal(voice.room_crosspost_needless()));
    }
    let is_crossposted = context.switch(arguments.text(0))?;
    let mut writer = context.write().await?;
    if !writer.set_crossposted(room, is_crossposted).await? {
        return Err(Stop::Refusal(voice.refusal_room_not_linked()));
    }
    writer.commit().await?;
    Ok(say(if is_crossposted {
        voice.room_crossposted()
    } else {
        voice.room_not_crossposted()
    }))
}

pub(super) async fn list(context: &Context<'_>, _: Arguments) -> Handled {
    let voice = context.voice();
    let mut reader = context.app.store.read().await?;
    let groups = reader.list_groups().await?;
    let absences = reader.list_absences().await?;
    let line = |room: Room| {
        let absence = absences.iter().find(|(absent, _)| *absent == room.id);
        let group = room
            .group
            .and_then(|id| groups.iter().find(|(known, _)| *known == id));
        let group = group.map_or_else(|| voice.value_everywhere(), |(_, name)| name.clone());
        let (purpose, language) = (
            voice.value_purpose(room.purpose.code()),
            voice.value_language(room.language.code()),
        );
        let line = voice.room_line(room.name, purpose, language, group, room.time_zone);
        match absence {
            Some((_, absence)) => voice.room_line_absent(line, voice.value_absence(absence.code())),
            None => line,
        }
    };
    let items: Vec<String> = reader.list_rooms().await?.into_iter().map(line).collect();
    if items.is_empty() {
        return Ok(say(voice.room_none()));
    }
    let card = Card {
        title: Some(voice.room_list_title()),
        blocks: vec![Block::List { items }],
        ..Card::default()
    };
    Ok(Answer::private(card))
}

pub(super) async fn remove(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let mut writer = context.write().await?;
    if let Some(named) = arguments.get(0) {
        let room = context.room_named(&mut writer, named).await?;
        writer.lose_room(&room.address).await?;
        enqueue_offer(context.app, &mut writer, &room.address, context.now).await?;
        writer.commit().await?;
        return Ok(say(voice.room_unlinked_elsewhere(room.name)));
    }
    if !writer.lose_room(&context.place.address).await? {
        return Err(Stop::Refusal(voice.refusal_room_not_linked()));
    }
    enqueue_offer(context.app, &mut writer, &context.place.address, context.now).await?;
    writer.commit().await?;
    Ok(say(voice.room_unlinked()))
}

pub(super) async fn add_group(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let name = clean_line(arguments.text(0)).to_lowercase();
    if name.is_empty() || name.chars().count() > GROUP_NAME_MAX || name.contains([';', ',']) {
        return Err(Stop::Refusal(
            voice.group_bad_name(shortened(&name, GROUP_NAME_MAX)),
        ));
    }
    let mut writer = context.write().await?;
    if writer.add_group(&name).await?.is_none() {
        return Err(Stop::Refusal(voice.group_known(name)));
    }
    writer.commit().await?;
    Ok(say(voice.group_made(name)))
}

pub(super) async fn grant(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let role = context.role(arguments.text(1))?;
    let mut writer = context.write().await?;
    let account = context.account_named(&mut writer, arguments.text(0)).await?;
    let group = context.optional_group(&mut writer, arguments.get(2)).await?;
    if group.is_some() && role != Role::Coordinator {
        return Err(Stop::Refusal(
            voice.role_not_by_group(voice.value_role(role.code())),
        ));
    }
    writer
        .grant_role(account.person, Grant { role, group }, context.now)
        .await?;
    let groups = writer.list_groups().await?;
    let named = groups.into_iter().find(|(id, _)| Some(*id) == group);
    let place = named.map_or_else(|| voice.value_everywhere(), |(_, name)| name);
    writer.commit().await?;
    Ok(say(voice.role_granted(
        account.name,
        voice.value_role(role.code()),
        place,
    )))
}

pub(super) async fn revoke(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let role = context.role(arguments.text(1))?;
    let mut writer = context.write().await?;
    let account = context.account_named(&mut writer, arguments.text(0)).await?;
    let group = context.optional_group(&mut writer, arguments.get(2)).await?;
    let shown = voice.value_role(role.code());
    if role == Role::Admin && context.app.settings.admins.is_empty() && writer.count_holders(role).await? <= 1
    {
        return Err(Stop::Refusal(voice.role_last_admin()));
    }
    if !writer.revoke_role(account.person, Grant { role, group }).await? {
        return Err(Stop::Refusal(voice.role_not_held(account.name, shown)));
    }
    writer.commit().await?;
    Ok(say(voice.role_revoked(account.name, shown)))
}
