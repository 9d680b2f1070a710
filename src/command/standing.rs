//! `group space`, `role map` and its kin: what spaces and standings on a platform mean here.

use super::{Arguments, Context, Handled, Stop, resolve::given, say};
use crate::{
    chat::{Answer, Block, Card, Standing, StandingKind},
    domain::{
        id::GroupId,
        role::{Grant, Role},
        room::Room,
    },
    rooms,
};

pub(super) async fn space(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let space = context.space_named(arguments.text(1)).await?;
    let mut writer = context.write().await?;
    let group = context.group(&mut writer, arguments.text(0)).await?;
    writer.set_group_space(&space.address, group).await?;
    let groups = writer.list_groups().await?;
    writer.commit().await?;
    rooms::look_at(context.app, space.address);
    let group = named(&groups, Some(group)).unwrap_or_default();
    Ok(say(voice.group_stands(rooms::shown_name(&space.name), group)))
}

pub(super) async fn map(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let (room, standing) = here(context, &arguments)?;
    let mut writer = context.write().await?;
    let grant = grant(context, &mut writer, &arguments).await?;
    writer.add_standing_role(room.id, &standing.value, grant).await?;
    let groups = writer.list_groups().await?;
    writer.commit().await?;
    Ok(say(voice.role_mapped(
        standing.kind.code(),
        &standing.name,
        &room.name,
        voice.value_role(grant.role.code()),
        named(&groups, grant.group).unwrap_or_else(|| voice.value_everywhere()),
    )))
}

pub(super) async fn unmap(context: &Context<'_>, arguments: Arguments) -> Handled {
    let voice = context.voice();
    let (room, standing) = here(context, &arguments)?;
    let mut writer = context.write().await?;
    let grant = grant(context, &mut writer, &arguments).await?;
    let role = voice.value_role(grant.role.code());
    let (kind, name) = (standing.kind.code(), &standing.name);
    if !writer
        .remove_standing_role(room.id, &standing.value, grant)
        .await?
    {
        return Err(Stop::Refusal(voice.role_not_mapped(kind, name, &room.name, role)));
    }
    writer.commit().await?;
    Ok(say(voice.role_unmapped(kind, name, &room.name, role)))
}

pub(super) async fn list(context: &Context<'_>, _: Arguments) -> Handled {
    let voice = context.voice();
    let mut reader = context.app.store.read().await?;
    let groups = reader.list_groups().await?;
    let place = |group| named(&groups, group).unwrap_or_else(|| voice.value_everywhere());
    let mut items = Vec::new();
    for (name, grant) in reader.list_grants().await? {
        let role = voice.value_role(grant.role.code());
        items.push(voice.role_line(name, role, place(grant.group)));
    }
    for platform in context.app.platforms() {
        for given in reader.list_standing_roles(platform.name()).await? {
            let room = reader.load_room(given.room).await?.name;
            let role = voice.value_role(given.grant.role.code());
            // One that is gone gives nothing, and stands there until it is unmapped.
            let standing = platform.standing_named(&given.address, &given.standing);
            let (kind, name) = standing.map_or((StandingKind::Level, given.standing), |standing| {
                (standing.kind, standing.name)
            });
            items.push(voice.role_line_standing(kind.code(), name, room, role, place(given.grant.group)));
        }
    }
    if items.is_empty() {
        return Ok(say(voice.role_list_empty()));
    }
    let card = Card {
        title: Some(voice.role_list_title()),
        blocks: vec![Block::List { items }],
        ..Card::default()
    };
    Ok(Answer::private(card))
}

/// The room where this is typed, and the standing that is meant.
fn here<'a>(context: &'a Context<'_>, arguments: &Arguments) -> Result<(&'a Room, Standing), Stop> {
    let voice = context.voice();
    let room = context.room.as_ref();
    let room = room.ok_or_else(|| Stop::Refusal(voice.refusal_room_not_linked()))?;
    let text = arguments.text(0);
    let platform = context.app.platform(context.platform());
    let standing = platform.and_then(|platform| platform.standing_named(&room.address, text));
    let standing = standing.ok_or_else(|| Stop::Refusal(voice.role_no_such_standing(given(text))))?;
    Ok((room, standing))
}

/// The role that is meant, in the group that is meant.
async fn grant(
    context: &Context<'_>,
    session: &mut crate::store::Session,
    arguments: &Arguments,
) -> Result<Grant, Stop> {
    let role = context.role(arguments.text(1))?;
    let group = context.optional_group(session, arguments.get(2)).await?;
    if group.is_some() && role != Role::Coordinator {
        let voice = context.voice();
        let refusal = voice.role_not_by_group(voice.value_role(role.code()));
        return Err(Stop::Refusal(refusal));
    }
    Ok(Grant { role, group })
}

fn named(groups: &[(GroupId, String)], group: Option<GroupId>) -> Option<String> {
    let found = groups.iter().find(|(id, _)| Some(*id) == group);
    found.map(|(_, name)| name.clone())
}
