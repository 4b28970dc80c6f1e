//! The job queue of an iDRAC: what it does in the background, or at the next start of its machine.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::RedfishError;
use crate::client::{Client, Link};
use crate::system::System;

/// The jobs that are not finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnfinishedJobs {
    unfinished_jobs: Vec<Job>,
}

/// A job, under the names that Ironic had for it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all(deserialize = "PascalCase"))]
struct Job {
    id: String,
    name: Option<String>,
    start_time: Option<String>,
    #[serde(rename(deserialize = "EndTime"))]
    until_time: Option<String>,
    message: Option<String>,
    #[serde(rename(deserialize = "JobState"))]
    status: String,
    percent_complete: Option<u32>,
}

/// A member of the queue: itself, or where it is.
#[derive(Deserialize)]
#[serde(untagged)]
enum Member {
    Job(Job),
    Link(Link),
}

/// An iDRAC of a newer generation has its queue in another place of the manager than older ones.
const QUEUE: [&str; 2] = ["/Links/Oem/Dell/Jobs", "/Oem/Dell/Jobs"];

pub(crate) async fn unfinished(client: &Client) -> Result<UnfinishedJobs, RedfishError> {
    let mut jobs = Vec::new();
    for member in client.members(&queue(client).await?.expanded()).await? {
        jobs.push(match member {
            Member::Job(job) => job,
            Member::Link(link) => client.get(&link).await?,
        });
    }
    jobs.retain(Job::is_unfinished);
    Ok(UnfinishedJobs { unfinished_jobs: jobs })
}

impl Job {
    /// A state of which nothing is known here is one that goes on.
    fn is_unfinished(&self) -> bool {
        let ends = ["Completed", "CompletedWithErrors", "Failed", "RebootFailed"];
        !ends.contains(&self.status.as_str())
    }
}

async fn queue(client: &Client) -> Result<Link, RedfishError> {
    let managers: Vec<Value> = System::of(client).await?.managers(client).await?;
    let mut places = managers.iter().flat_map(|m| QUEUE.iter().filter_map(|at| m.pointer(at)));
    let queue = places.find_map(|link| Link::deserialize(link).ok());
    queue.ok_or(RedfishError::Missing("job queue"))
}
