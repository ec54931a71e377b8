//! Making a copy: version by version, each read back before the next.

use super::plan::{Planned, make};
use super::value::Given;
use super::{CopiedVersion, CopyOutcome, CopyReport, CopyRequest, CopySide, CopyWatch, group};
use crate::{
    Code, NewSecret, NewVersion, Problem, Result, SecretPatch, Timestamp, VersionRef, VersionView,
    fields, secret::Payload,
};

/// Copies a secret as [`plan`](super::plan) says. An error means that nothing is there; afterwards
/// what happened stands in the receipt, also of a copy that failed in the middle. The caller may then
/// delete what is there (`delete_secret` of [`CopyReport::secret_id`]).
pub async fn run(
    source: CopySide<'_>,
    target: CopySide<'_>,
    request: &CopyRequest,
    now: Timestamp,
    watch: &dyn CopyWatch,
) -> Result<CopyReport> {
    let planned = make(source, target, request, now).await?;
    if let Some(problem) = planned.plan.hindrance {
        return Err(problem);
    }
    let mut copying = Copying {
        source,
        target,
        receipt: CopyReport {
            name: planned.plan.name.clone(),
            secret_id: None,
            created_group: None,
            versions: Vec::new(),
            planned_total: planned.plan.copied_total,
            differences: Vec::new(),
            outcome: CopyOutcome::Checked,
        },
        planned: &planned,
    };
    let ended = copying.all(watch).await;
    let mut receipt = copying.receipt;
    match ended {
        Ok(outcome) => receipt.outcome = outcome,
        Err(problem) if receipt.secret_id.is_none() && receipt.created_group.is_none() => {
            return Err(problem);
        }
        Err(problem) => receipt.outcome = CopyOutcome::Failed { problem },
    }
    Ok(receipt)
}

struct Copying<'a> {
    source: CopySide<'a>,
    target: CopySide<'a>,
    planned: &'a Planned,
    receipt: CopyReport,
}

impl Copying<'_> {
    async fn all(&mut self, watch: &dyn CopyWatch) -> Result<CopyOutcome> {
        let planned = self.planned;
        let total = planned.plan.copied_total;
        let mut binary = false;
        for (done, version) in (0..).zip(&planned.versions) {
            if watch.is_cancelled() {
                return Ok(CopyOutcome::Cancelled);
            }
            watch.progressed(done, total);
            let value = self.read(version).await?;
            binary = value.is_binary();
            let expected = value.twin()?;
            let made = match self.receipt.secret_id.clone() {
                None => self.create(value, version, total == 1).await?,
                Some(id) => self.add(&id, value, version, done + 1 == total).await?,
            };
            self.check(expected, version, &made).await?;
        }
        watch.progressed(total, total);
        self.settle_label(binary).await?;
        self.compare_metadata().await?;
        self.compare_versions().await?;
        Ok(CopyOutcome::Checked)
    }

    /// A value of the source.
    async fn read(&self, version: &VersionView) -> Result<Given> {
        let id = &self.planned.plan.secret_id;
        let which = VersionRef::Id(version.metadata.id.clone());
        let CopySide {
            instance, caller, ..
        } = self.source;
        let read = instance.version(caller, id, &which).await?;
        Given::of(value(read.payload)?, self.planned.labelled)
    }

    /// Creates the copy with its first version; which one that is.
    async fn create(
        &mut self,
        value: Given,
        version: &VersionView,
        is_last: bool,
    ) -> Result<VersionRef> {
        let plan = &self.planned.plan;
        let secret = &self.planned.secret;
        let (group, created) = group::settle(self.target, &plan.group).await?;
        if created {
            self.receipt.created_group = Some(plan.group.name.clone());
        }
        let CopySide {
            instance,
            caller,
            is_keyturn,
        } = self.target;
        let new = NewSecret {
            name: plan.name.clone(),
            description: secret.metadata.description.clone(),
            secret_group_id: group,
            labels: labels(&secret.metadata.labels),
            custom_metadata: secret.metadata.custom_metadata.clone().filter(|_| is_last),
            version_custom_metadata: version.metadata.version_custom_metadata.clone(),
            reminder: secret.reminder.filter(|_| is_keyturn),
            detail: value.into_new(&secret.metadata, self.target),
        };
        let made = instance.create_secret(caller, new).await?;
        self.receipt.secret_id = Some(made.view.metadata.id);
        Ok(VersionRef::CURRENT)
    }

    /// Adds a version to the copy; which one that is.
    async fn add(
        &self,
        id: &str,
        value: Given,
        version: &VersionView,
        is_last: bool,
    ) -> Result<VersionRef> {
        let of_secret = self.planned.secret.metadata.custom_metadata.clone();
        let new = NewVersion {
            custom_metadata: of_secret.filter(|_| is_last),
            version_custom_metadata: version.metadata.version_custom_metadata.clone(),
            input: value.into_rotation(),
        };
        let CopySide {
            instance, caller, ..
        } = self.target;
        let made = instance.create_version(caller, id, new, None).await?;
        Ok(VersionRef::Id(made.view.metadata.id))
    }

    /// Reads a version back, and compares it with what was given.
    async fn check(
        &mut self,
        expected: Given,
        version: &VersionView,
        made: &VersionRef,
    ) -> Result<()> {
        let id = self.receipt.secret_id.clone().unwrap_or_default();
        let CopySide {
            instance, caller, ..
        } = self.target;
        let read = instance.version(caller, &id, made).await?;
        let there = Given::of(value(read.payload)?, false)?;
        if !expected.equals(there) {
            return Err(Problem::new(
                Code::Conflict,
                format!(
                    "Version {} reads back otherwise than it was written.",
                    version.number
                ),
            )
            .remedy("Remove the copy and try again."));
        }
        let metadata = |view: &VersionView| {
            let metadata = view.metadata.version_custom_metadata.clone();
            metadata.unwrap_or_default()
        };
        if metadata(&read.view) != metadata(version) {
            self.differs(&format!("the metadata of version {}", version.number));
        }
        self.receipt.versions.push(CopiedVersion {
            id: read.view.metadata.id,
            source_number: version.number,
            number: read.view.number,
            kept: true,
        });
        Ok(())
    }

    /// Over the API a rotation says nothing of the label that tells text from bytes; it is that of
    /// the current version.
    async fn settle_label(&self, binary: bool) -> Result<()> {
        let id = self.receipt.secret_id.clone().unwrap_or_default();
        let CopySide {
            instance, caller, ..
        } = self.target;
        let there = instance.secret_metadata(caller, &id).await?;
        let label = fields::BASE64_LABEL;
        let mine = &self.planned.secret.metadata.labels;
        let wanted = binary || mine.iter().any(|mine| mine == label);
        if there.metadata.labels.iter().any(|has| has == label) == wanted {
            return Ok(());
        }
        let mut all = labels(mine);
        if wanted {
            all.push(label.to_owned());
        }
        let patch = SecretPatch {
            labels: Some(all),
            ..SecretPatch::default()
        };
        instance.update_secret(caller, &id, patch, None).await?;
        Ok(())
    }

    async fn compare_metadata(&mut self) -> Result<()> {
        let id = self.receipt.secret_id.clone().unwrap_or_default();
        let CopySide {
            instance, caller, ..
        } = self.target;
        let there = instance.secret_metadata(caller, &id).await?.metadata;
        let mine = &self.planned.secret.metadata;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let object = |object: &Option<crate::Metadata>| object.clone().unwrap_or_default();
        let second = |time: Option<Timestamp>| time.map(|time| time.millis().div_euclid(1000));
        let sorted = |all: &[String]| {
            let mut all = labels(all);
            all.sort();
            all
        };
        for (same, what) in [
            (
                text(&mine.description) == text(&there.description),
                "the description",
            ),
            (sorted(&mine.labels) == sorted(&there.labels), "the labels"),
            (
                object(&mine.custom_metadata) == object(&there.custom_metadata),
                "the metadata",
            ),
            (
                second(mine.detail.expiration_date()) == second(there.detail.expiration_date()),
                "the expiration date",
            ),
        ] {
            if !same {
                self.differs(what);
            }
        }
        Ok(())
    }

    /// The versions are there in their order; the values of some may be gone by now.
    async fn compare_versions(&mut self) -> Result<()> {
        let id = self.receipt.secret_id.clone().unwrap_or_default();
        let CopySide {
            instance, caller, ..
        } = self.target;
        let mut there = instance.versions(caller, &id).await?;
        there.sort_by_key(|view| view.number);
        let mut rest = there.iter();
        for copied in &mut self.receipt.versions {
            // what an instance lists no longer, it keeps no value of
            let found = rest.clone().position(|view| view.metadata.id == copied.id);
            let view = found.and_then(|at| rest.nth(at));
            copied.kept = view.is_some_and(|view| view.metadata.payload_available);
            copied.number = view.map_or(copied.number, |view| view.number);
        }
        let current = self.receipt.versions.last();
        if current.is_some_and(|current| current.kept) {
            return Ok(());
        }
        Err(Problem::new(
            Code::Conflict,
            "The current version of the copy is not the one that was written last.",
        )
        .remedy("Somebody else may have changed it. Look at its versions there."))
    }

    fn differs(&mut self, what: &str) {
        let text = format!("Differs from what was written: {what}.");
        self.receipt.differences.push(text);
    }
}

/// Labels without the one that instances set by themselves.
fn labels(all: &[String]) -> Vec<String> {
    let others = all.iter().filter(|label| *label != fields::BASE64_LABEL);
    others.cloned().collect()
}

fn value(payload: Option<Payload>) -> Result<Payload> {
    payload.ok_or_else(|| {
        Problem::new(
            Code::ValueGone,
            "The value of this version is no longer kept.",
        )
    })
}
