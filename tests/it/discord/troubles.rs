//! An organisation whose connection breaks and whose Discord fails: no prompt stands twice, no reaction is lost or invented, and what is
//! counted is what a recount counts.

use std::{collections::BTreeSet, time::Duration};

use jiff::SignedDuration;
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use relais::clock::Clock;
use tokio::task::JoinSet;

use super::{
    books::{books_are_right, is_settled, prompts, reactions_are_those_that_stand, says, until},
    fan::Fan,
    limits::Front,
    model::{At, Id, Model, Person, Server, State, faults::Scope},
    organisation::{COMMANDS, Organisation, loses_its_session, requests},
};
use crate::{
    database::{self, Database},
    kill::chance,
};

/// How often the gateway is cut.
const CUTS: usize = 100;
/// Every how many cuts the session cannot be taken up again: another is begun after some seconds.
const LOST_EVERY: usize = 40;
/// Every how many cuts the next comes at once.
const UNHEARD_EVERY: usize = 4;
/// In how many channels an ask stands where answers fail, how many of a thousand do, and how often all are told to wait.
const FAILING_CHANNELS: usize = 60;
const FAILING: u64 = 50;
const WAVES: usize = 8;
/// How often somebody presses or types again who got no answer.
const PRESSES_MAX: usize = 5;

/// An ask in some channels, and people who answer it.
struct Street {
    model: Model,
    database: Database,
    server: Server,
    fan: Fan,
    /// They react, and take it back.
    reacting: Vec<Person>,
    /// They press, and undo by a command.
    pressing: Vec<Person>,
}

impl Street {
    /// The bot does not run yet, and the prompts are due.
    async fn lay(channels: usize) -> Self {
        let (model, database) = (Model::start().await, database::sqlite().await);
        model.set_identify_spacing(Duration::ZERO);
        let server = model.guild("Logement");
        let fan = Fan::open(&server, channels);
        let people = |name: &str, number: usize| -> Vec<Person> {
            let people = (0..number).map(|number| model.user(&format!("{name} {number}"), "fr"));
            people.collect()
        };
        let (reacting, pressing) = (people("Lou", 9), people("Sam", 4));
        server.admit(&reacting.iter().chain(&pressing).collect::<Vec<_>>());
        fan.is_due(&database.store, model.clock().now()).await;
        Self {
            model,
            database,
            server,
            fan,
            reacting,
            pressing,
        }
    }

    async fn bot(&self) -> Organisation {
        Organisation::start(&self.model, &self.database.store, &self.server.owner).await
    }

    /// All prompts, once they are posted.
    async fn prompts(&self) -> Vec<At> {
        let store = &self.database.store;
        let whole = self.fan.channels();
        until("all is posted", async || prompts(store).await.len() == whole).await;
        prompts(store).await
    }

    /// One of those who react gives a reaction, or takes back one that stands.
    fn reacts(&self, prompts: &[At], chance: &mut StdRng) {
        let person = self.reacting.choose(chance).unwrap();
        let at = *prompts.choose(chance).unwrap();
        if self.model.reactions(at, "✅").contains(&person.id) {
            person.unreact(at, "✅");
        } else {
            person.react(at, "✅");
        }
    }

    /// Who has a reaction somewhere: each is counted once for the ask.
    fn reacted(&self, prompts: &[At]) -> BTreeSet<Id> {
        let standing = prompts.iter().flat_map(|at| self.model.reactions(*at, "✅"));
        standing.collect()
    }

    /// In the end all is as it would have been, with so many more by a button.
    async fn ends_well(&self, organisation: Organisation, pressed: usize) {
        let (model, store) = (&self.model, &self.database.store);
        let prompts = self.prompts().await;
        reactions_are_those_that_stand(model, store).await;
        let people = self.reacted(&prompts).len() + pressed;
        assert!(people > 1, "{people}");
        // Running totals come in their own time.
        model.clock().advance(SignedDuration::from_mins(5));
        let total = format!("{people} personnes l’ont relayé");
        for at in &prompts {
            says(model, *at, &total).await;
        }
        is_settled(store).await;
        books_are_right(store, i64::try_from(people).unwrap()).await;
        self.fan.stands_once(model);
        organisation.stop().await;
        books_are_right(store, i64::try_from(people).unwrap()).await;
    }
}

/// Presses, or takes back what is counted by a command, as often as it takes. Returns whether it is counted now.
async fn presses(person: Person, at: At, is_counted: bool) -> bool {
    for attempt in 0..PRESSES_MAX {
        let (shown, [at_first, later]) = if is_counted {
            let shown = person.try_slash(at.0, "moi annuler", &[], &[]).await;
            (shown, ["C’est annulé", "rien à annuler"])
        } else {
            let shown = person.try_press(at, "Mastodon").await;
            (shown, ["relayé sur Mastodon", "C’est déjà noté"])
        };
        if let Ok(shown) = shown {
            let told = shown.words();
            // What was done may have been done although nothing came back.
            let is_told = told.contains(at_first) || (attempt > 0 && told.contains(later));
            assert!(is_told, "{told}");
            return !is_counted;
        }
    }
    panic!("the application never responds to {}", person.name);
}

/// Somebody types until they are answered, which tells that the connection does what it is for.
async fn is_answered(person: &Person, channel: Id) {
    for _ in 0..PRESSES_MAX {
        if let Ok(shown) = person.try_slash(channel, "moi voir", &[], &[]).await {
            assert!(shown.words().contains("Vous et Relais"), "{}", shown.words());
            return;
        }
    }
    panic!("the application never responds to {}", person.name);
}

/// How many connections there were so far.
fn arrivals(state: &State) -> usize {
    state.gateway.arrivals.len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_off_a_hundred_times_it_loses_nothing() {
    let mut chance = chance();
    let street = Street::lay(4).await;
    let model = &street.model;
    let organisation = street.bot().await;
    let prompts = street.prompts().await;
    let mut counted = vec![false; street.pressing.len()];
    for cut in 0..CUTS {
        let before = model.look(|state| arrivals(state));
        let deeds = chance.random_range(1..=8);
        let moment = chance.random_range(0..deeds);
        let mut pressing = JoinSet::new();
        let presser = chance.random_range(0..street.pressing.len());
        for deed in 0..deeds {
            if deed == moment {
                if cut % LOST_EVERY == LOST_EVERY - 1 {
                    model.refuse_resume();
                }
                model.cut_gateway();
            }
            if deed == deeds / 2 && chance.random_ratio(1, 3) {
                let (person, at) = (
                    street.pressing[presser].clone(),
                    *prompts.choose(&mut chance).unwrap(),
                );
                pressing.spawn(presses(person, at, counted[presser]));
            }
            street.reacts(&prompts, &mut chance);
        }
        model
            .until("it is connected again", |state| {
                (arrivals(state) > before).then_some(())
            })
            .await;
        if let Some(pressed) = pressing.join_next().await {
            counted[presser] = pressed.unwrap();
        }
        // Now and then the next connection breaks before anything was heard on it. Where all do, it leaves Discord alone for longer each time.
        if cut % UNHEARD_EVERY != 0 {
            is_answered(&street.reacting[0], prompts[0].0).await;
        }
    }
    assert_eq!(requests(model, "PUT", COMMANDS), 1);
    let pressed = counted.iter().filter(|counted| **counted).count();
    street.ends_well(organisation, pressed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn told_to_reconnect_or_to_begin_anew_it_loses_nothing_and_sets_nothing_up_again() {
    let mut chance = chance();
    let street = Street::lay(4).await;
    let model = &street.model;
    // Invited to a second server, of which nothing is linked.
    model.guild("Voisinage");
    let organisation = street.bot().await;
    let prompts = street.prompts().await;
    let troubles: [fn(&Model); 4] = [Model::op7, Model::op9, Model::op7, |model| {
        model.refuse_resume();
        model.cut_gateway();
    }];
    for trouble in troubles {
        let before = model.look(|state| arrivals(state));
        for _ in 0..10 {
            street.reacts(&prompts, &mut chance);
        }
        trouble(model);
        for _ in 0..10 {
            street.reacts(&prompts, &mut chance);
        }
        model
            .until("it is connected again", |state| {
                (arrivals(state) > before).then_some(())
            })
            .await;
    }
    let counted = presses(street.pressing[0].clone(), prompts[0], false).await;
    assert_eq!(requests(model, "PUT", COMMANDS), 1);
    street.ends_well(organisation, usize::from(counted)).await;
    // Hello was said once where nothing is linked yet.
    let told = model.messages(street.server.owner.direct()).into_iter();
    let hellos = told.filter(|message| message.to_string().contains("dans le serveur Voisinage"));
    assert_eq!(hellos.count(), 1);
}

/// While it is away for twenty minutes, everybody changes their mind, some of them twice.
fn everybody_changes_their_mind(street: &Street, prompts: &[At], chance: &mut StdRng) {
    street.model.clock().advance(SignedDuration::from_mins(10));
    for _ in 0..60 {
        street.reacts(prompts, chance);
    }
    street.model.clock().advance(SignedDuration::from_mins(10));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_in_twenty_minutes_without_it_is_counted_when_it_is_back() {
    let mut chance = chance();
    let street = Street::lay(4).await;
    let model = &street.model;
    let organisation = street.bot().await;
    let prompts = street.prompts().await;
    for _ in 0..20 {
        street.reacts(&prompts, &mut chance);
    }
    reactions_are_those_that_stand(model, &street.database.store).await;
    // It is stopped.
    organisation.stop().await;
    everybody_changes_their_mind(&street, &prompts, &mut chance);
    let organisation = street.bot().await;
    reactions_are_those_that_stand(model, &street.database.store).await;
    // It runs, and Discord is gone.
    model.go_away();
    everybody_changes_their_mind(&street, &prompts, &mut chance);
    model.come_back();
    reactions_are_those_that_stand(model, &street.database.store).await;
    let counted = presses(street.pressing[0].clone(), prompts[0], false).await;
    assert_eq!(requests(model, "PUT", COMMANDS), 1);
    street.ends_well(organisation, usize::from(counted)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_one_answer_in_twenty_fails_and_limits_come_in_waves_each_prompt_stands_once() {
    let mut chance = chance();
    let street = Street::lay(FAILING_CHANNELS).await;
    let model = &street.model;
    // By the way with the limits that Relais keeps to by itself.
    let front = Front::before(model).await;
    model.fail_rest(FAILING, 500, chance.random());
    let store = &street.database.store;
    let organisation = Organisation::start_by(front.access(model), model, store, &street.server.owner).await;
    for wave in 1..=WAVES {
        let moment = street.fan.whole() * wave / (WAVES + 1);
        model
            .until("so many messages stand", |state| {
                (street.fan.standing(state) >= moment).then_some(())
            })
            .await;
        let scope = if wave % 2 == 0 { Scope::Global } else { Scope::User };
        model.limit(scope, Duration::from_millis(chance.random_range(100..=1_000)));
        if wave == WAVES / 2 {
            // From now on, what fails was done all the same.
            model.fail_after_done(FAILING, 502, chance.random());
        }
    }
    let prompts = street.prompts().await;
    for _ in 0..60 {
        street.reacts(&prompts, &mut chance);
    }
    model.limit(Scope::Global, Duration::from_secs(1));
    loses_its_session(model).await;
    for _ in 0..60 {
        street.reacts(&prompts, &mut chance);
    }
    reactions_are_those_that_stand(model, store).await;
    model.heal_rest();
    street.ends_well(organisation, 0).await;
}
