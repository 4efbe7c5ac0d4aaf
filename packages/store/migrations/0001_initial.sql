-- Cordon's first schema. Times are timestamptz (UTC stored); ids are 64-bit; [valid_from, valid_to) is half open, null = no end.

-- ---------------------------------------------------------------- the register

create table wearers (
  id bigint generated always as identity primary key,
  name text not null,
  reference text not null unique,
  mappa_category smallint,
  mappa_level smallint,
  flags text[] not null default '{}',
  created_at timestamptz not null default now()
);

create table orders (
  id bigint generated always as identity primary key,
  wearer_id bigint not null references wearers,
  type text not null,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to > valid_from),
  authority text,
  officer text,
  created_at timestamptz not null default now()
);
create index on orders (wearer_id);

create table zones (
  id bigint generated always as identity primary key,
  kind text not null,
  created_at timestamptz not null default now()
);

-- A zone is what it was at each moment: versions follow each other without gap or overlap.
create table zone_versions (
  zone_id bigint not null references zones,
  version integer not null check (version >= 1),
  name text not null,
  geometry jsonb not null,
  buffer_m double precision not null default 0,
  valid_from timestamptz not null,
  valid_to timestamptz,
  created_by text not null,
  primary key (zone_id, version)
);
create unique index zone_versions_current on zone_versions (zone_id) where valid_to is null;

create table conditions (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  zone_id bigint not null references zones,
  hours jsonb,
  valid_from timestamptz not null,
  valid_to timestamptz,
  priority integer not null default 0,
  created_at timestamptz not null default now()
);
create index on conditions (order_id);
create index on conditions (zone_id);

-- MQTT passwords are random 192-bit strings, so a plain SHA-256 is a safe store for them.
create table tags (
  id text primary key,
  model text,
  protocol text not null,
  password_hash bytea not null,
  created_at timestamptz not null default now()
);

create table forwarders (
  id text primary key,
  source text not null,
  password_hash bytea not null,
  created_at timestamptz not null default now()
);

create table activations (
  id bigint generated always as identity primary key,
  wearer_id bigint not null references wearers,
  tag_id text not null references tags,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to > valid_from),
  created_at timestamptz not null default now()
);
create index on activations (wearer_id);
create index on activations (tag_id, valid_from desc);

-- A tag is on one wearer at a time: two at once would put one person's fixes on another's record. (An exclusion constraint needs the
-- btree_gist extension. This trigger does not race: lock_log below lets one writer of activations in at a time, until it commits.)
create function refuse_overlapping_activation() returns trigger language plpgsql as $$
begin
  if exists (
    select from activations
     where tag_id = new.tag_id and id <> new.id
       and tstzrange(valid_from, valid_to) && tstzrange(new.valid_from, new.valid_to)
  ) then
    raise exclusion_violation using
      message = 'the tag is fitted to a wearer in that time already', constraint = 'activations_of_a_tag_do_not_overlap';
  end if;
  return null;
end
$$;
create constraint trigger activations_of_a_tag_do_not_overlap after insert or update on activations
  for each row execute function refuse_overlapping_activation();

create table passes (
  id bigint generated always as identity primary key,
  condition_id bigint not null references conditions,
  valid_from timestamptz not null,
  valid_to timestamptz not null check (valid_to > valid_from),
  reason text not null,
  created_by text not null,
  created_at timestamptz not null default now()
);
create index on passes (condition_id);

create table suspensions (
  id bigint generated always as identity primary key,
  wearer_id bigint not null references wearers,
  valid_from timestamptz not null,
  valid_to timestamptz not null check (valid_to > valid_from),
  reason text not null,
  created_by text not null,
  created_at timestamptz not null default now()
);
create index on suspensions (wearer_id);

-- ---------------------------------------------------------------- what tags said

-- No foreign key to activations: ingest knows them, and a look-up per row costs more than the row.
-- What the engine judges by is double precision: a judgement repeated from the row must see the very numbers it was made on.
create table fixes (
  activation_id bigint not null,
  measured_at timestamptz not null,
  seq bigint not null,
  received_at timestamptz not null,
  sent_at timestamptz,
  lon double precision not null,
  lat double precision not null,
  accuracy_m double precision,
  speed_mps double precision,
  heading_deg real,
  altitude_m real,
  hdop real,
  battery real,
  satellites smallint,
  source smallint not null, -- index into FIX_SOURCES of the contract, from 0
  primary key (activation_id, measured_at, seq)
);

-- Box × time window: a BRIN on the time answers 24 h in 57 ms and costs 12 % of the insert rate; an index on cell and time 43 %.
do $$
begin
  if exists (select from pg_available_extensions where name = 'timescaledb')
     and current_setting('shared_preload_libraries') like '%timescaledb%' then
    create extension if not exists timescaledb;
    perform create_hypertable('fixes', by_range('measured_at', interval '1 day'), create_default_indexes => false);
  end if;
end
$$;
create index fixes_measured_at on fixes using brin (measured_at) with (pages_per_range = 32);

-- Fixes that cannot be judged as they stand (from the future, outside the activation): kept, not shown, not judged.
create table fixes_aside (
  activation_id bigint not null,
  measured_at timestamptz not null,
  seq bigint not null,
  received_at timestamptz not null,
  reason text not null,
  fix jsonb not null,
  primary key (activation_id, measured_at, seq)
);

create table device_events (
  activation_id bigint not null,
  measured_at timestamptz not null,
  seq bigint not null,
  type text not null,
  received_at timestamptz not null,
  battery real,
  primary key (activation_id, measured_at, seq, type)
);

create table tag_statuses (
  tag_id text primary key,
  online boolean not null,
  received_at timestamptz not null
);

create table command_acks (
  tag_id text not null,
  command_id text not null,
  measured_at timestamptz not null,
  received_at timestamptz not null,
  result text not null,
  detail text,
  primary key (tag_id, command_id, measured_at)
);

-- The raw bytes of a message, once, however many of its items are bad.
create table quarantine_payloads (
  digest bytea primary key, -- SHA-256
  payload bytea not null
);

-- One row per distinct bad item: the same bytes again add to `seen`, so a mad tag cannot fill the disk with one message.
create table quarantine (
  id bigint generated always as identity primary key,
  digest bytea not null unique,
  received_at timestamptz not null,
  last_received_at timestamptz not null,
  seen bigint not null default 1,
  topic text not null,
  tag_id text,
  code text not null,
  field text not null,
  detail text not null,
  item_index integer,
  payload_digest bytea not null references quarantine_payloads
);
create index on quarantine (tag_id, id desc);

-- ---------------------------------------------------------------- what was judged

-- The engine's state of one activation after the fix measured at `judged_through`. Written in the transaction of every batch in
-- which the engine had something to say, and every few minutes besides; a restart replays the fixes measured after it.
create table watch_states (
  activation_id bigint primary key,
  judged_through timestamptz,
  state jsonb not null,
  written_at timestamptz not null default now()
) with (fillfactor = 70);

create table near_misses (
  activation_id bigint not null,
  condition_id bigint not null,
  zone_id bigint not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  detail jsonb not null,
  recorded_at timestamptz not null default now(),
  primary key (activation_id, condition_id, began_at)
);

create table set_aside (
  activation_id bigint not null,
  measured_at timestamptz not null,
  seq bigint not null,
  reason text not null,
  recorded_at timestamptz not null default now(),
  primary key (activation_id, measured_at, seq, reason)
);

create table incidents (
  id bigint generated always as identity primary key,
  episode_id text not null unique,
  wearer_id bigint not null references wearers,
  activation_id bigint not null references activations,
  condition_id bigint references conditions,
  zone_id bigint references zones,
  zone_version integer,
  kind text not null,
  severity text not null,
  severity_rank smallint not null, -- 0 is the worst: index into SEVERITIES of the contract
  certainty text not null,
  state text not null default 'open',
  late boolean not null default false,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  raised_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  acknowledged_at timestamptz,
  police_notified_at timestamptz,
  police_reference text,
  closed_at timestamptz,
  outcome text,
  owner text,
  reason jsonb not null
);
create index incidents_open on incidents (severity_rank, raised_at, id) where state <> 'closed';
create index incidents_by_wearer on incidents (wearer_id, id desc);

create table incident_actions (
  id bigint generated always as identity primary key,
  incident_id bigint not null references incidents,
  type text not null,
  by_whom text not null,
  at timestamptz not null default clock_timestamp(),
  body jsonb not null default '{}'
);
create index on incident_actions (incident_id, id);

-- ---------------------------------------------------------------- change logs whose numbers follow the order of commit

-- A reader that has seen number n must never find a smaller one later. A sequence alone does not give that: two transactions can
-- commit in the other order than they took their numbers. So a writer first takes a lock that it keeps until it commits: numbers
-- are taken one transaction at a time. The lock is taken by a statement trigger, before any row is locked, so writers cannot deadlock.
create sequence incident_cursor as bigint;
create table incident_changes (
  cursor bigint primary key,
  incident_id bigint not null,
  change text not null,
  at timestamptz not null,
  incident jsonb not null -- the row of `incidents` as it was then
);

create function lock_incident_log() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4201001);
  return null;
end
$$;
create function log_incident_change() returns trigger language plpgsql as $$
begin
  insert into incident_changes (cursor, incident_id, change, at, incident)
  values (nextval('incident_cursor'), new.id, case tg_op when 'INSERT' then 'raised' else 'changed' end, clock_timestamp(), to_jsonb(new));
  return null;
end
$$;
create trigger lock_log before insert or update on incidents for each statement execute function lock_incident_log();
create trigger log_change after insert or update on incidents for each row execute function log_incident_change();

create sequence configuration_cursor as bigint;
create table configuration_changes (
  cursor bigint primary key,
  entity text not null, -- the table
  entity_id text not null,
  at timestamptz not null
);

create function lock_configuration_log() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(4201002);
  return null;
end
$$;
-- The trigger's argument names the column that holds the entity's id.
create function log_configuration_change() returns trigger language plpgsql as $$
begin
  insert into configuration_changes (cursor, entity, entity_id, at)
  values (nextval('configuration_cursor'), tg_table_name, to_jsonb(new) ->> tg_argv[0], clock_timestamp());
  return null;
end
$$;

do $$
declare
  logged record;
begin
  for logged in select * from (values ('orders', 'wearer_id'), ('conditions', 'order_id'), ('zone_versions', 'zone_id'), ('activations', 'wearer_id'),
    ('passes', 'condition_id'), ('tags', 'id'), ('forwarders', 'id')) as t (name, id_column)
  loop
    execute format('create trigger lock_log before insert or update on %I for each statement execute function lock_configuration_log()', logged.name);
    execute format('create trigger log_change after insert or update on %I for each row execute function log_configuration_change(%L)', logged.name, logged.id_column);
  end loop;
end
$$;

-- ---------------------------------------------------------------- people, machines, and what they did

create table accounts (
  id bigint generated always as identity primary key,
  name text not null unique,
  display_name text not null,
  role text not null,
  password_hash text not null,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table sessions (
  token_hash bytea primary key, -- SHA-256 of the cookie
  account_id bigint not null references accounts,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table api_tokens (
  id bigint generated always as identity primary key,
  name text not null,
  role text not null,
  token_hash bytea not null unique, -- SHA-256
  created_at timestamptz not null default now(),
  valid_to timestamptz,
  revoked_at timestamptz
);

create table audit_entries (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  who text not null,
  what text not null,
  wearer_id bigint,
  detail jsonb not null default '{}'
);
create index on audit_entries (wearer_id, id desc) where wearer_id is not null;

create table idempotency_keys (
  who text not null,
  key text not null,
  fingerprint bytea not null, -- SHA-256 of method, path and body
  status smallint not null,
  response jsonb not null,
  created_at timestamptz not null default now(),
  primary key (who, key)
);
