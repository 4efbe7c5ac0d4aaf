-- What the whole watch engine needs: every kind of zone, the device, silence, late fixes judged again, policies.

-- ---------------------------------------------------------------- the register

alter table orders add column risk text not null default 'standard' check (risk in ('standard', 'high', 'critical'));
alter table passes add column corridor jsonb; -- null: the condition does not hold at all during the pass

-- Only what each version changes; the rest are the defaults of the software, which are version 1.
create table policies (
  version integer primary key check (version >= 2),
  valid_from timestamptz not null default clock_timestamp(),
  body jsonb not null, -- {defaults, risks, zones}
  note text not null,
  created_by text not null
);

do $$
declare
  logged record;
begin
  for logged in select * from (values ('suspensions', 'wearer_id'), ('policies', 'version')) as t (name, id_column)
  loop
    execute format('create trigger lock_log before insert or update on %I for each statement execute function lock_configuration_log()', logged.name);
    execute format('create trigger log_change after insert or update on %I for each row execute function log_configuration_change(%L)', logged.name, logged.id_column);
  end loop;
end
$$;

-- ---------------------------------------------------------------- what was judged

-- How it ended (CONCLUSIONS of the contract); null while it goes on, and for what ended before this was kept.
alter table incidents add column conclusion text;
-- What a stretch of time that is judged again had been judged to be: few of the many incidents of a long activation.
create index incidents_by_activation on incidents (activation_id, (coalesce(ended_at, 'infinity'::timestamptz)));

-- Time in a zone of interest.
create table visits (
  visit_id text primary key,
  activation_id bigint not null references activations,
  condition_id bigint not null references conditions,
  zone_id bigint not null references zones,
  began_at timestamptz not null,
  ended_at timestamptz,
  disproved boolean not null default false,
  reason jsonb not null,
  recorded_at timestamptz not null default now()
);
create index visits_newest on visits (began_at desc, visit_id desc);
create index visits_by_zone on visits (zone_id, began_at desc);
create index visits_by_activation on visits (activation_id, (coalesce(ended_at, 'infinity'::timestamptz)));

-- The list is read newest first, and the oldest are deleted.
create index near_misses_newest on near_misses (began_at desc, activation_id desc, condition_id desc);
create index near_misses_by_zone on near_misses (zone_id, began_at desc);

-- The engine's timeline of an activation after everything measured up to `at`: where to begin when an older fix comes in.
create table watch_checkpoints (
  activation_id bigint not null,
  at timestamptz not null,
  timeline jsonb not null,
  primary key (activation_id, at)
);

-- ---------------------------------------------------------------- roll-call

-- As ingest found it last. `subject_id`: of the order, or of the activation, that the problem is about.
create table roll_call (
  rank smallint not null, -- index into the problems, by which the list is ordered
  subject_id bigint not null,
  problem text not null,
  wearer_id bigint not null,
  order_id bigint,
  activation_id bigint,
  tag_id text,
  since timestamptz,
  reason text,
  primary key (rank, subject_id)
);

-- One row, once a roll-call was held: when.
create table roll_call_held (
  only_row boolean primary key default true check (only_row),
  at timestamptz not null
);
