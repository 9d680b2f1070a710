//! A week as CSV, one number a row, so that a spreadsheet or a script takes what it wants.
//!
//! | section | key | detail | measure |
//! |---|---|---|---|
//! | `total` | | | `confirmations`, `confirmations-before`, `change-percent` |
//! | `people` | | | `active`, `new`, `returning`, `recent` (in the 28 days that end with the week) |
//! | `asked` | kind | | `asks` |
//! | `done` | kind | outcome | `confirmations` |
//! | `day` | date | kind | `confirmations` |
//! | `day-before` | date | | `confirmations`, on each day of the week before |
//! | `best` | the ask's number | kind | `confirmations`, `people`, `occasions`, `active`, `rate-percent` |
//! | `goal` | campaign | kind or `all` | `target`, `due`, `reached`, `percent` |
//! | `group` | its name, empty for the rooms of no group | | `confirmations` and `people`, or `shown` |
//!
//! The value of `shown` is `fewer-than-five` or `withheld`. A number that does not exist has no row.

use std::fmt::Display;

use anyhow::Context;

use crate::summary::numbers::{
    WeekNumbers,
    best::BestAsk,
    goals::GoalNumbers,
    groups::{Count, GroupNumbers},
};

const HEADER: [&str; 6] = ["week", "section", "key", "detail", "measure", "value"];

/// Rows in the making.
struct Table {
    week: String,
    rows: Vec<[String; 6]>,
}

impl Table {
    fn add(&mut self, section: &str, (key, detail): (&str, &str), measure: &str, value: impl Display) {
        let row = [
            self.week.clone(),
            section.to_owned(),
            inert(key),
            detail.to_owned(),
            measure.to_owned(),
            value.to_string(),
        ];
        self.rows.push(row);
    }

    fn add_totals(&mut self, numbers: &WeekNumbers) {
        let none = ("", "");
        self.add("total", none, "confirmations", numbers.confirmations);
        if let Some(before) = numbers.before {
            self.add("total", none, "confirmations-before", before.confirmations);
        }
        if let Some(percent) = numbers.change_percent {
            self.add("total", none, "change-percent", percent);
        }
        let people = numbers.people;
        self.add("people", none, "active", people.active);
        self.add("people", none, "new", people.new);
        self.add("people", none, "returning", people.returning);
        self.add("people", none, "recent", people.recent);
    }

    fn add_kinds(&mut self, numbers: &WeekNumbers) {
        for asked in &numbers.asked {
            self.add("asked", (asked.kind.code(), ""), "asks", asked.asks);
        }
        for done in &numbers.done {
            let key = (done.kind.code(), done.outcome.code());
            self.add("done", key, "confirmations", done.confirmations);
        }
    }

    fn add_days(&mut self, numbers: &WeekNumbers) {
        for day in &numbers.days {
            let date = day.day.date().to_string();
            for (kind, confirmations) in &day.confirmations {
                self.add("day", (&date, kind.code()), "confirmations", confirmations);
            }
        }
        let before = numbers.before.map(|before| before.days);
        for (day, confirmations) in numbers.week.before().days().zip(before.into_iter().flatten()) {
            let date = day.date().to_string();
            self.add("day-before", (&date, ""), "confirmations", confirmations);
        }
    }

    fn add_best(&mut self, best: &BestAsk) {
        let number = best.ask.to_string();
        let key = (number.as_str(), best.kind.code());
        self.add("best", key, "confirmations", best.confirmations);
        self.add("best", key, "people", best.people);
        self.add("best", key, "occasions", best.occasions);
        if let Some(rate) = best.rate {
            self.add("best", key, "active", rate.active);
            self.add("best", key, "rate-percent", rate.percent);
        }
    }

    fn add_goal(&mut self, goal: &GoalNumbers) {
        let key = (
            goal.campaign.as_str(),
            goal.kind.map_or("all", |kind| kind.code()),
        );
        self.add("goal", key, "target", goal.target);
        self.add("goal", key, "due", goal.due.date());
        self.add("goal", key, "reached", goal.reached);
        self.add("goal", key, "percent", goal.percent);
    }

    fn add_group(&mut self, group: &GroupNumbers) {
        let key = (group.group.as_deref().unwrap_or_default(), "");
        match group.count {
            Count::Counted {
                confirmations,
                people,
            } => {
                self.add("group", key, "confirmations", confirmations);
                self.add("group", key, "people", people);
            }
            Count::FewerThanFive => self.add("group", key, "shown", "fewer-than-five"),
            Count::Withheld => self.add("group", key, "shown", "withheld"),
        }
    }
}

/// A name that a spreadsheet does not take for a formula.
fn inert(name: &str) -> String {
    if name.starts_with(['=', '+', '-', '@']) {
        format!("'{name}")
    } else {
        name.to_owned()
    }
}

/// The numbers as CSV.
pub(super) fn csv(numbers: &WeekNumbers) -> anyhow::Result<Vec<u8>> {
    let mut table = Table {
        week: numbers.week.name(),
        rows: Vec::new(),
    };
    table.add_totals(numbers);
    table.add_kinds(numbers);
    table.add_days(numbers);
    numbers.best.iter().for_each(|best| table.add_best(best));
    numbers.goals.iter().for_each(|goal| table.add_goal(goal));
    numbers.groups.iter().for_each(|group| table.add_group(group));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER).context("write the numbers as CSV")?;
    for row in &table.rows {
        writer.write_record(row).context("write the numbers as CSV")?;
    }
    writer.into_inner().context("write the numbers as CSV")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summary::tests::sample::{group, usual};

    #[test]
    fn each_number_has_a_row() {
        let mut numbers = usual();
        numbers
            .groups
            .push(group(Some("=HYPERLINK(1), \"x\""), Count::Withheld));
        let csv = String::from_utf8(csv(&numbers).unwrap()).unwrap();
        for row in [
            "2026-W48,total,,,confirmations,318",
            "2026-W48,total,,,change-percent,12",
            "2026-W48,people,,,returning,73",
            "2026-W48,asked,call,,asks,3",
            "2026-W48,done,call,unavailable,confirmations,26",
            "2026-W48,day,2026-11-29,share,confirmations,45",
            "2026-W48,day-before,2026-11-16,,confirmations,40",
            "2026-W48,best,13,call,rate-percent,41",
            "2026-W48,goal,logement,all,reached,2005",
            "2026-W48,goal,logement,share,due,2026-12-15",
            "2026-W48,group,Laval,,people,60",
            "2026-W48,group,Longueuil,,shown,fewer-than-five",
            "2026-W48,group,,,shown,withheld",
            "2026-W48,group,\"'=HYPERLINK(1), \"\"x\"\"\",,shown,withheld",
        ] {
            assert!(csv.lines().any(|line| line == row), "{row} is not in\n{csv}");
        }
        assert!(csv.starts_with("week,section,key,detail,measure,value\n"));
        assert!(
            !csv.contains("Longueuil,,people"),
            "fewer than five are not counted"
        );
    }
}
