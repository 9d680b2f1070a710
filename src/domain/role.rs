//! Who may do what.

use super::{code::coded, id::GroupId};

coded! {
    /// A standing in the organisation. Each includes those before it.
    pub enum Role {
        /// Answers prompts. Everybody is one.
        Volunteer = "volunteer",
        /// Reads the summaries and the numbers.
        Leader = "leader",
        /// Writes, approves and schedules asks, in every group or in some.
        Coordinator = "coordinator",
        /// Sets rooms, groups and roles.
        Admin = "admin",
    }
}

impl Role {
    /// Those that are granted: everybody is a volunteer.
    pub const GRANTED: &'static [Self] = &[Self::Leader, Self::Coordinator, Self::Admin];
}

/// A role as it was granted: everywhere, or within one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// What was granted.
    pub role: Role,
    /// The one group it holds for; none for all of them.
    pub group: Option<GroupId>,
}

/// What one person may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authority(pub Vec<Grant>);

impl Authority {
    /// Whether the person has this role somewhere, or one that includes it.
    pub fn has(&self, role: Role) -> bool {
        role == Role::Volunteer || self.0.iter().any(|grant| grant.role >= role)
    }

    /// Whether the person coordinates every one of these groups. No group at all means the whole organisation, which only
    /// a coordinator of all of it may act for.
    pub fn coordinates(&self, groups: &[GroupId]) -> bool {
        let everywhere = self.0.iter().any(|grant| match grant.role {
            Role::Admin => true,
            Role::Coordinator => grant.group.is_none(),
            Role::Leader | Role::Volunteer => false,
        });
        let within = |group| {
            self.0
                .iter()
                .any(|grant| grant.role == Role::Coordinator && grant.group == Some(group))
        };
        everywhere || (!groups.is_empty() && groups.iter().all(|group| within(*group)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grants(grants: &[(Role, Option<i64>)]) -> Authority {
        Authority(
            grants
                .iter()
                .map(|(role, group)| Grant {
                    role: *role,
                    group: group.map(GroupId),
                })
                .collect(),
        )
    }

    #[test]
    fn a_coordinator_of_one_group_acts_for_that_group_alone() {
        let laval = grants(&[(Role::Coordinator, Some(1))]);
        assert!(laval.has(Role::Coordinator));
        assert!(laval.coordinates(&[GroupId(1)]));
        assert!(!laval.coordinates(&[GroupId(1), GroupId(2)]));
        assert!(!laval.coordinates(&[]));
        assert!(grants(&[(Role::Coordinator, None)]).coordinates(&[]));
        assert!(grants(&[(Role::Admin, None)]).coordinates(&[GroupId(7)]));
    }

    #[test]
    fn a_leader_reads_what_coordinators_read_and_does_not_coordinate() {
        let leader = grants(&[(Role::Leader, None)]);
        assert!(leader.has(Role::Leader) && !leader.has(Role::Coordinator) && !leader.coordinates(&[]));
        assert!(Authority::default().has(Role::Volunteer) && !Authority::default().has(Role::Leader));
        assert!(grants(&[(Role::Coordinator, Some(1))]).has(Role::Leader));
    }
}
