-- How long what is kept, and what was removed: retention, legal holds, erasure, capacity.

-- Days after the end of the order (track, case), after the entry (audit) or after receipt (quarantine) for which data are kept.
-- '*' is every type of order that has no rule of its own; only track and case know types of orders.
create table retention_rules (
  what text not null check (what in ('track', 'case', 'audit', 'quarantine')),
  order_type text not null default '*' check (order_type = '*' or what in ('track', 'case')),
  days integer not null check (days between 1 and 36525),
  changed_at timestamptz not null default clock_timestamp(),
  changed_by text not null,
  primary key (what, order_type)
);
-- Six years is what is reported for trail data in England; the case is kept for as long as a claim about it can come.
insert into retention_rules (what, days, changed_by)
values ('track', 2192, 'cordon'), ('case', 3653, 'cordon'), ('audit', 3653, 'cordon'), ('quarantine', 90, 'cordon');

-- Nothing of a wearer under a hold is removed, by no rule and by no erasure.
create table legal_holds (
  id bigint generated always as identity primary key,
  wearer_id bigint not null references wearers,
  reason text not null,
  valid_from timestamptz not null default clock_timestamp(),
  valid_to timestamptz check (valid_to >= valid_from), -- null: until a named person ends it
  created_by text not null,
  ended_by text,
  end_reason text
);
create index on legal_holds (wearer_id);

-- Every lawful removal of rows, or of what rows say of a person. [removed_from, removed_to) is the time of the rows by the clock of
-- their table (measured, began, at). activation_id null: of all activations in that time (a dropped chunk, an age limit).
create table removals (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  why text not null check (why in ('retention', 'erasure')),
  by_whom text not null,
  activation_id bigint,
  relation text not null,
  removed_from timestamptz,
  removed_to timestamptz,
  rows bigint not null
);
create index on removals (activation_id, relation);

-- One wearer's removal, whole: asked for by a person (erasure) or due (retention). wearer_id and activation_ids refer to what is gone.
create table erasures (
  id bigint generated always as identity primary key,
  wearer_id bigint not null,
  activation_ids bigint[] not null,
  why text not null default 'erasure' check (why in ('retention', 'erasure')),
  reason text not null,
  reference text not null,
  state text not null default 'requested' check (state in ('requested', 'removed', 'certified')),
  requested_at timestamptz not null default clock_timestamp(),
  requested_by text not null,
  removed_at timestamptz,
  certified_at timestamptz,
  removed jsonb not null default '{}', -- rows by relation, so far
  mentions jsonb not null default '[]', -- where the name or the reference stood elsewhere just before the wearer was removed
  proof jsonb -- rows left by relation, when it was certified
);
create unique index erasures_one_at_a_time on erasures (wearer_id) where state <> 'certified';

-- Activations whose track has been removed by its rule: they need not be looked through every hour.
create table tracks_removed (
  activation_id bigint primary key references activations,
  at timestamptz not null default clock_timestamp()
);

-- What must not run full, hour by hour. `used` and `capacity` in bytes, or in numbers taken from a sequence.
create table capacity_samples (
  what text not null,
  at timestamptz not null,
  used numeric not null,
  capacity numeric,
  primary key (what, at)
);

-- What a wearer's incidents left in the log, and an activation's late comers, found without reading everything.
create index incident_changes_by_incident on incident_changes (incident_id);
create index quarantine_by_payload on quarantine (payload_digest);
create index quarantine_by_age on quarantine (last_received_at);
create index audit_entries_by_age on audit_entries (at);
