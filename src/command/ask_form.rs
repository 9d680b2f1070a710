//! `ask new` and `ask edit`: the form, what comes back of it, and what becomes of that.

use super::{
    Arguments, Context, Handled, Stop, approval, ask::saved_words, ask::too_late, draft_words,
    resolve::number_of,
};
use crate::{
    app::App,
    chat::{Answer, Block, Card, Field, FieldKind, Form},
    domain::{
        ask::{Ask, AskContent, AskKind, AskState, Target},
        draft::{self, Checked, Draft, DraftField},
        id::AskId,
        network::Network,
        role::Role,
        slot::Slot,
    },
    i18n::Voice,
    import::Names,
    notice::tell_coordinators,
    release::{Standing, settle},
    store::{self, Writer},
};

/// The questions, in order. The calendar's own reference is not asked for, and groups only where there are any.
const QUESTIONS: [DraftField; 17] = [
    DraftField::Kind,
    DraftField::Campaign,
    DraftField::WordingFr,
    DraftField::WordingEn,
    DraftField::Link,
    DraftField::Hashtags,
    DraftField::Networks,
    DraftField::Groups,
    DraftField::Date,
    DraftField::Time,
    DraftField::Closes,
    DraftField::Target,
    DraftField::ScriptFr,
    DraftField::ScriptEn,
    DraftField::Image,
    DraftField::AltFr,
    DraftField::AltEn,
];

/// What a form is about.
#[derive(Debug, Clone)]
enum Subject {
    /// An ask that it is to make, at most one: it has a key. A form of before had none.
    New(Option<String>),
    /// An ask that there is.
    Old(AskId),
}

pub(super) async fn new(context: &Context<'_>, _: Arguments) -> Handled {
    let mut reader = context.app.store.read().await?;
    let names = Names::load(&mut reader).await?;
    let subject = Subject::New(Some(context.app.chance.key()));
    let form = form(context, &names, (&subject, &Draft::default()));
    Ok(Answer::Form(form))
}

pub(super) async fn edit(context: &Context<'_>, arguments: Arguments) -> Handled {
    let mut reader = context.app.store.read().await?;
    let ask = context.own_ask(&mut reader, arguments.text(0)).await?;
    refuse_posted(context.voice(), &ask)?;
    let names = Names::load(&mut reader).await?;
    let campaign = ask
        .content
        .campaign
        .and_then(|id| names.campaigns.iter().find(|(_, known)| *known == id));
    let checked = Checked {
        reference: ask.reference.clone(),
        campaign: campaign.map(|(slug, _)| slug.clone()),
        content: ask.content.clone(),
    };
    let draft = Draft::of(&checked, &names.known(&context.app.settings.time_zone));
    Ok(Answer::Form(form(
        context,
        &names,
        (&Subject::Old(ask.id), &draft),
    )))
}

fn refuse_posted(voice: &Voice, ask: &Ask) -> Result<(), Stop> {
    if ask.state.is_posted() {
        return Err(Stop::Refusal(voice.ask_edit_posted(ask.id.to_string())));
    }
    Ok(())
}

/// The form, with what is answered so far.
fn form(context: &Context<'_>, names: &Names, (subject, draft): (&Subject, &Draft)) -> Form {
    let voice = context.voice();
    let (id, title) = match subject {
        Subject::Old(id) => (
            format!("1.ask-edit.{id}"),
            voice.ask_form_title_edit(id.to_string()),
        ),
        Subject::New(Some(key)) => (format!("1.ask-new.{key}"), voice.ask_form_title_new()),
        Subject::New(None) => ("1.ask-new".to_owned(), voice.ask_form_title_new()),
    };
    let is_asked = |field: &&DraftField| **field != DraftField::Groups || !names.groups.is_empty();
    let fields = QUESTIONS
        .iter()
        .filter(is_asked)
        .map(|field| question(voice, names, (*field, draft.get(*field))))
        .collect();
    Form {
        id,
        title,
        mistakes: Vec::new(),
        by_text: voice.form_by_text(),
        send: voice.form_send(),
        fields,
    }
}

fn question(voice: &Voice, names: &Names, (field, value): (DraftField, &str)) -> Field {
    let one = |code: &str, name: String| (code.to_owned(), name);
    let kind = match field {
        DraftField::Kind => FieldKind::OneOf(
            AskKind::ALL
                .iter()
                .map(|kind| {
                    one(
                        kind.code(),
                        format!("{} {}", kind.emoji(), voice.value_kind(kind.code())),
                    )
                })
                .collect(),
        ),
        DraftField::Networks => FieldKind::SomeOf(
            Network::ALL
                .iter()
                .map(|network| one(network.code(), voice.network(*network)))
                .collect(),
        ),
        DraftField::Groups => FieldKind::SomeOf(
            names
                .groups
                .iter()
                .map(|(name, _)| one(name, name.clone()))
                .collect(),
        ),
        DraftField::WordingFr | DraftField::WordingEn | DraftField::ScriptFr | DraftField::ScriptEn => {
            FieldKind::Text
        }
        _ => FieldKind::Line,
    };
    let hint = voice.form_hint(field.code());
    Field {
        id: field.code().to_owned(),
        label: draft_words::field(voice, field),
        hint: Some(hint).filter(|hint| !hint.is_empty()),
        value: value.to_owned(),
        kind,
        is_required: field == DraftField::Kind,
    }
}

/// What becomes of a form that was sent back.
pub(super) async fn submitted(context: &Context<'_>, form: &str, values: Vec<(String, String)>) -> Handled {
    let parts: Vec<&str> = form.split('.').collect();
    match parts[..] {
        ["1", "ask-new"] => save(context, Subject::New(None), values).await,
        ["1", "ask-new", key] => save(context, Subject::New(Some(key.to_owned())), values).await,
        ["1", "ask-edit", id] => match number_of(id) {
            Some(id) => save(context, Subject::Old(id), values).await,
            None => Err(Stop::Refusal(context.voice().refusal_form_unknown())),
        },
        ["1", "ask-reject", id] => {
            let note = values
                .iter()
                .find(|(field, _)| field == "note")
                .map(|(_, note)| note.as_str());
            match number_of(id) {
                Some(id) => approval::send_back(context, id, note.unwrap_or_default()).await,
                None => Err(Stop::Refusal(context.voice().refusal_form_unknown())),
            }
        }
        _ => Err(Stop::Refusal(context.voice().refusal_form_unknown())),
    }
}

async fn save(context: &Context<'_>, subject: Subject, values: Vec<(String, String)>) -> Handled {
    context.require(Role::Coordinator).await?;
    let typed = values
        .into_iter()
        .filter_map(|(field, value)| Some((field.parse::<DraftField>().ok()?, value)));
    let draft: Draft = typed.collect();
    let mut writer = context.write().await?;
    let names = Names::load(&mut writer).await?;
    let checked = draft::check(&draft, &names.known(&context.app.settings.time_zone));
    if let Subject::New(Some(key)) = &subject
        && let Some(ask) = writer.find_ask_by_form(key).await?
    {
        return made_before(context, writer, (ask, checked.ok())).await;
    }
    let checked = match checked {
        Ok(checked) => checked,
        // Nothing of what was typed is lost: the form comes back with it.
        Err(mistakes) => {
            let mut form = form(context, &names, (&subject, &draft));
            form.mistakes = mistakes
                .iter()
                .map(|mistake| draft_words::mistake(context.voice(), mistake))
                .collect();
            return Ok(Answer::Form(form));
        }
    };
    let written = write(context, &mut writer, (&subject, checked)).await;
    let (ask, voided) = match written {
        Ok(written) => written,
        Err(Stop::Refusal(refusal)) => {
            let mut form = form(context, &names, (&subject, &draft));
            form.mistakes.push(refusal);
            return Ok(Answer::Form(form));
        }
        Err(failure) => return Err(failure),
    };
    let standing = settle(&mut writer, &ask).await?;
    let is_waiting = standing.approved_at().is_none();
    if is_waiting {
        tell_waiting(context.app, &mut writer, (&ask, &standing), context.now).await?;
    }
    let words = saved_words(context.voice(), &ask, (voided, &standing));
    saved(context, writer, (words, ask, &standing)).await
}

/// What is answered to a form that was sent before: the ask that it made. Two that are sent in a row say the same.
async fn made_before(
    context: &Context<'_>,
    mut writer: Writer,
    (ask, sent): (Ask, Option<Checked>),
) -> Handled {
    let standing = Standing::load(&mut writer, &ask).await?;
    let is_same = sent.is_some_and(|sent| {
        let campaign = ask.content.campaign;
        ask.content
            == AskContent {
                campaign,
                ..sent.content
            }
    });
    let words = if is_same {
        saved_words(context.voice(), &ask, (0, &standing))
    } else {
        context.voice().ask_saved_before(ask.id.to_string())
    };
    saved(context, writer, (words, ask, &standing)).await
}

/// Commits, and shows the ask as it is then.
async fn saved(
    context: &Context<'_>,
    mut writer: Writer,
    (words, ask, standing): (String, Ask, &Standing),
) -> Handled {
    let mut card = Card::paragraph(words);
    card.blocks.extend(too_late(context, &ask, standing));
    let shown = super::ask::shown(context, &mut writer, ask).await?;
    writer.commit().await?;
    card.blocks.push(Block::Rule);
    card.blocks.extend(shown.blocks);
    card.picture = shown.picture;
    Ok(Answer::private(card))
}

/// Writes a checked form down, where the person may. Returns the ask, and how many approvals no longer hold.
async fn write(
    context: &Context<'_>,
    writer: &mut Writer,
    (subject, checked): (&Subject, Checked),
) -> Result<(Ask, u64), Stop> {
    context.require_groups(writer, &checked.content.groups).await?;
    match subject {
        Subject::Old(id) => change(context, writer, (*id, checked)).await,
        Subject::New(key) => Ok((add(context, writer, (key.as_deref(), checked)).await?, 0)),
    }
}

async fn add(
    context: &Context<'_>,
    writer: &mut Writer,
    (key, checked): (Option<&str>, Checked),
) -> Result<Ask, Stop> {
    let content = with_campaign(context, writer, checked).await?;
    let id = writer
        .add_ask(None, Some(context.person.id), &content, context.now)
        .await?;
    if let Some(key) = key {
        writer.set_ask_form(id, key).await?;
    }
    reload(writer, id).await
}

async fn change(
    context: &Context<'_>,
    writer: &mut Writer,
    (id, checked): (AskId, Checked),
) -> Result<(Ask, u64), Stop> {
    let before = context.own_ask(writer, &id.to_string()).await?;
    refuse_posted(context.voice(), &before)?;
    let had = Standing::load(writer, &before).await?.valid.len();
    let mut content = with_campaign(context, writer, checked).await?;
    // A slot that is no single moment has no place in the form, and stays.
    if content.slot.is_none() && !matches!(before.content.slot, None | Some(Slot::Once(_))) {
        content.slot = before.content.slot;
    }
    writer.set_ask_content(id, &content, context.now).await?;
    if content != before.content {
        writer.set_ask_state(id, AskState::Draft).await?;
    }
    let unmoved = AskContent {
        slot: before.content.slot,
        ..content
    };
    if unmoved != before.content {
        // Whoever wrote last answers for the words, and somebody else must approve them.
        writer.set_author(id, Some(context.person.id)).await?;
    }
    let ask = reload(writer, id).await?;
    let has = Standing::load(writer, &ask).await?.valid.len();
    Ok((ask, u64::try_from(had.saturating_sub(has)).unwrap_or_default()))
}

async fn reload(writer: &mut Writer, id: AskId) -> Result<Ask, Stop> {
    writer
        .find_ask(id)
        .await?
        .ok_or_else(|| Stop::Failure(anyhow::anyhow!("an ask is gone that was just written")))
}

/// The content, with its campaign made where it is new.
async fn with_campaign(
    context: &Context<'_>,
    writer: &mut Writer,
    checked: Checked,
) -> Result<AskContent, Stop> {
    let mut content = checked.content;
    if let Some(slug) = checked.campaign.filter(|_| content.campaign.is_none()) {
        content.campaign = writer.add_campaign(&slug, &slug, &slug, context.now).await?;
    }
    Ok(content)
}

/// Says in the coordination rooms that an ask waits, with what is to be approved and the buttons to do so.
pub(super) async fn tell_waiting(
    app: &App,
    writer: &mut Writer,
    (ask, standing): (&Ask, &Standing),
    now: jiff::Timestamp,
) -> store::Result<()> {
    let words = |voice: &Voice| Card {
        title: Some(voice.ask_waiting_notice(ask.id.to_string())),
        blocks: to_approve(voice, &ask.content, ask.id),
        buttons: approval::buttons(voice, ask.id, standing),
        by_reaction: Some(voice.common_by_reaction()),
        ..Card::default()
    };
    tell_coordinators(app, writer, &ask.content.groups, (now, words)).await
}

/// What an approval binds, for somebody to read before they press a button: each language's words, then what goes with all of them.
fn to_approve(voice: &Voice, content: &AskContent, ask: AskId) -> Vec<Block> {
    let quoted = content
        .wordings
        .iter()
        .flat_map(|(_, wording)| [Some(&wording.text), wording.script.as_ref()]);
    let mut blocks: Vec<Block> = quoted
        .flatten()
        .map(|text| Block::Quote { text: text.clone() })
        .collect();
    let mut items: Vec<String> = content.link.iter().cloned().collect();
    if !content.hashtags.is_empty() {
        items.push(content.hashtags.join(" "));
    }
    items.extend(content.targets.iter().map(|target| match target {
        Target::Number { name, number } => voice.prompt_target(name, voice.telephone(number)),
        Target::Representative { jurisdiction } => jurisdiction.clone(),
    }));
    if !items.is_empty() {
        blocks.push(Block::List { items });
    }
    blocks.push(Block::Paragraph {
        text: voice.ask_waiting_hint(ask.to_string()),
    });
    blocks
}
