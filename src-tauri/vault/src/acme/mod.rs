//! Orders of public certificates (RFC 8555). An order is a record with a state, not a running future:
//! everything it needs is committed before the authority is told of it, so whoever has the vault open
//! goes on with it, after a kill at any moment, too.
//!
//! `begin` makes the record, `drive` brings it as far as it can, `end` turns it into a version or a
//! failure, and `after` is what is left then; `provider` sets records where that can be done unattended.

mod account;
mod after;
mod begin;
mod drive;
mod end;
mod failure;
mod order;
mod place;
mod prove;
mod provider;
mod renewal;
mod run;
mod view;
mod workers;

pub(crate) use account::Clients;
pub(crate) use begin::{
    check_none_under_way, first_order, ground, hindrance, orders_at, rotate, rotate_by_policy,
    scheduled,
};
pub(crate) use order::issuance;
pub(crate) use provider::delete_order;
pub(crate) use renewal::{renewal_date, renewal_reason, soonest_renewal};
pub use run::EndedOrder;
pub(crate) use run::{first_step, run};
pub(crate) use view::{cancel, validate, view};
pub(crate) use workers::Workers;
