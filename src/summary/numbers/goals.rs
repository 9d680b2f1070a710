//! How far a campaign's goals are.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::date;
use crate::{
    domain::{
        ask::AskKind,
        day::{Day, Week},
        id::CampaignId,
        language::Language,
    },
    store::{self, Campaign, Goal, Session},
};

/// A goal and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GoalNumbers {
    /// The campaign's short name.
    pub campaign: String,
    /// What people call it.
    pub titles: BTreeMap<Language, String>,
    /// Which confirmations count; none for all.
    pub kind: Option<AskKind>,
    /// How many there should be.
    pub target: i64,
    /// The last day.
    #[serde(serialize_with = "date")]
    pub due: Day,
    /// How many there are.
    pub reached: i64,
    /// How far that is, in whole per cent; above 100 where there are more than there should be.
    pub percent: i64,
}

impl GoalNumbers {
    fn new(goal: &Goal, campaign: &Campaign, reached: i64) -> Self {
        let title = |language: &Language| (*language, campaign.title(*language).to_owned());
        Self {
            campaign: campaign.slug.clone(),
            titles: Language::ALL.iter().map(title).collect(),
            kind: goal.kind,
            target: goal.target,
            due: goal.due,
            reached,
            percent: whole_percent(reached, goal.target),
        }
    }

    /// Whether it is reached.
    pub const fn is_reached(&self) -> bool {
        self.reached >= self.target
    }

    /// How many tenths are full: all ten once it is reached, and not before.
    pub fn tenths(&self) -> usize {
        // From 0 to 10.
        usize::try_from((self.percent / 10).clamp(0, 10)).unwrap_or_default()
    }
}

/// The goals that were not yet due when a week began, as they stood at its end.
pub(super) async fn load(session: &mut Session, week: Week) -> store::Result<Vec<GoalNumbers>> {
    let goals = session.list_goals().await?;
    let open = goals.into_iter().filter(|goal| goal.due >= week.monday());
    progress(session, open.collect(), week.sunday()).await
}

/// All goals of a campaign, as they stand on a day.
pub(crate) async fn load_of(
    session: &mut Session,
    campaign: CampaignId,
    today: Day,
) -> store::Result<Vec<GoalNumbers>> {
    let goals = session.list_goals().await?;
    let own = goals.into_iter().filter(|goal| goal.campaign == campaign);
    progress(session, own.collect(), today).await
}

/// What is done after a goal's last day does not count for it.
async fn progress(session: &mut Session, goals: Vec<Goal>, last: Day) -> store::Result<Vec<GoalNumbers>> {
    if goals.is_empty() {
        return Ok(Vec::new());
    }
    let campaigns: HashMap<CampaignId, Campaign> = session
        .list_campaigns()
        .await?
        .into_iter()
        .map(|campaign| (campaign.id, campaign))
        .collect();
    let mut numbers = Vec::with_capacity(goals.len());
    for goal in &goals {
        if let Some(campaign) = campaigns.get(&goal.campaign) {
            let reached = session
                .count_campaign(goal.campaign, goal.kind, last.min(goal.due))
                .await?;
            numbers.push(GoalNumbers::new(goal, campaign, reached));
        }
    }
    Ok(numbers)
}

/// Cut rather than rounded: a goal is not at 100 per cent before it is reached.
fn whole_percent(reached: i64, target: i64) -> i64 {
    if target <= 0 {
        return 100;
    }
    let percent = i128::from(reached.max(0)) * 100 / i128::from(target);
    i64::try_from(percent).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_once_the_goal_is_reached_and_not_before() {
        for (reached, target, percent, tenths) in [
            (612, 1000, 61, 6),
            (0, 1000, 0, 0),
            (999, 1000, 99, 9),
            (1000, 1000, 100, 10),
            (2500, 1000, 250, 10),
            (-4, 10, 0, 0),
            (0, 0, 100, 10),
            (i64::MAX, 1, i64::MAX, 10),
        ] {
            let goal = GoalNumbers {
                campaign: String::new(),
                titles: BTreeMap::new(),
                kind: None,
                target,
                due: Week::from_name("2026-W48").unwrap().monday(),
                reached,
                percent: whole_percent(reached, target),
            };
            assert_eq!(
                (goal.percent, goal.tenths()),
                (percent, tenths),
                "{reached} of {target}"
            );
        }
    }
}
