-- What all migrations together make, read from the database's catalogues. Not run by anything: for people, and for the test that
-- holds it against the real thing. After a new migration: npx vitest run packages/store/src/schema -u

create sequence configuration_cursor as bigint;

create sequence incident_cursor as bigint;

CREATE OR REPLACE FUNCTION public.lock_configuration_log()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock(4201002);
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.lock_incident_log()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_advisory_xact_lock(4201001);
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.log_configuration_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into configuration_changes (cursor, entity, entity_id, at)
  values (nextval('configuration_cursor'), tg_table_name, to_jsonb(new) ->> tg_argv[0], clock_timestamp());
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.log_incident_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into incident_changes (cursor, incident_id, change, at, incident)
  values (nextval('incident_cursor'), new.id, case tg_op when 'INSERT' then 'raised' else 'changed' end, clock_timestamp(), to_jsonb(new));
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION public.refuse_overlapping_activation()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
$function$
;

create table accounts (
  id bigint not null generated always as identity,
  name text not null,
  display_name text not null,
  role text not null,
  password_hash text not null,
  disabled_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint accounts_name_key UNIQUE (name),
  constraint accounts_pkey PRIMARY KEY (id)
);

create table activation_secrets (
  id bigint not null generated always as identity,
  activation_id bigint not null,
  made_at timestamp with time zone not null default clock_timestamp(),
  secret bytea not null default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
  constraint activation_secrets_activation_id_key UNIQUE (activation_id),
  constraint activation_secrets_pkey PRIMARY KEY (id)
);

create table activations (
  id bigint not null generated always as identity,
  wearer_id bigint not null,
  tag_id text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint activations_check CHECK ((valid_to > valid_from)),
  constraint activations_pkey PRIMARY KEY (id),
  constraint activations_tag_id_fkey FOREIGN KEY (tag_id) REFERENCES tags(id),
  constraint activations_wearer_id_fkey FOREIGN KEY (wearer_id) REFERENCES wearers(id)
);

create table api_tokens (
  id bigint not null generated always as identity,
  name text not null,
  role text not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null default now(),
  valid_to timestamp with time zone,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  constraint api_tokens_pkey PRIMARY KEY (id),
  constraint api_tokens_token_hash_key UNIQUE (token_hash)
);

create table audit_entries (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  who text not null,
  what text not null,
  wearer_id bigint,
  detail jsonb not null default '{}'::jsonb,
  salt uuid default gen_random_uuid(),
  constraint audit_entries_pkey PRIMARY KEY (id)
);

create table broker_users (
  username text not null,
  protocol text not null,
  password_bcrypt text not null,
  version bigint not null generated always as identity,
  constraint broker_users_pkey PRIMARY KEY (username),
  constraint broker_users_protocol_check CHECK ((protocol = ANY (ARRAY['cordon'::text, 'owntracks'::text, 'traccar'::text, 'forwarder'::text])))
);

create table capacity_samples (
  what text not null,
  at timestamp with time zone not null,
  used numeric not null,
  capacity numeric,
  constraint capacity_samples_pkey PRIMARY KEY (what, at)
);

create table chain_entries (
  id bigint not null generated always as identity,
  chain_id integer not null,
  position bigint not null,
  relation text not null,
  key text not null,
  activation_id bigint,
  about timestamp with time zone,
  digest bytea,
  constraint chain_entries_pkey PRIMARY KEY (id)
);

create table chain_links (
  chain_id integer not null,
  position bigint not null,
  at timestamp with time zone not null,
  rows integer not null,
  measured_from timestamp with time zone,
  measured_to timestamp with time zone,
  content bytea,
  hash bytea not null,
  constraint chain_links_chain_id_fkey FOREIGN KEY (chain_id) REFERENCES chains(id),
  constraint chain_links_pkey PRIMARY KEY (chain_id, "position")
);

create table chains (
  id integer not null,
  name text not null,
  kind text not null,
  since timestamp with time zone not null default clock_timestamp(),
  constraint chains_id_check CHECK (((id >= 1) AND (id <= 8191))),
  constraint chains_kind_check CHECK ((kind = ANY (ARRAY['fixes'::text, 'records'::text]))),
  constraint chains_name_kind_key UNIQUE (name, kind),
  constraint chains_pkey PRIMARY KEY (id)
);

create table command_acks (
  tag_id text not null,
  command_id text not null,
  measured_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  result text not null,
  detail text,
  constraint command_acks_pkey PRIMARY KEY (tag_id, command_id, measured_at)
);

create table conditions (
  id bigint not null generated always as identity,
  order_id bigint not null,
  zone_id bigint not null,
  hours jsonb,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  priority integer not null default 0,
  created_at timestamp with time zone not null default now(),
  constraint conditions_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id),
  constraint conditions_pkey PRIMARY KEY (id),
  constraint conditions_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(id)
);

create table configuration_changes (
  cursor bigint not null,
  entity text not null,
  entity_id text not null,
  at timestamp with time zone not null,
  constraint configuration_changes_pkey PRIMARY KEY (cursor)
);

create table device_events (
  activation_id bigint not null,
  measured_at timestamp with time zone not null,
  seq bigint not null,
  type text not null,
  received_at timestamp with time zone not null,
  battery real,
  salt uuid default gen_random_uuid(),
  constraint device_events_pkey PRIMARY KEY (activation_id, measured_at, seq, type)
);

create table erasures (
  id bigint not null generated always as identity,
  wearer_id bigint not null,
  activation_ids bigint[] not null,
  why text not null default 'erasure'::text,
  reason text not null,
  reference text not null,
  state text not null default 'requested'::text,
  requested_at timestamp with time zone not null default clock_timestamp(),
  requested_by text not null,
  removed_at timestamp with time zone,
  certified_at timestamp with time zone,
  removed jsonb not null default '{}'::jsonb,
  mentions jsonb not null default '[]'::jsonb,
  proof jsonb,
  constraint erasures_pkey PRIMARY KEY (id),
  constraint erasures_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'removed'::text, 'certified'::text]))),
  constraint erasures_why_check CHECK ((why = ANY (ARRAY['retention'::text, 'erasure'::text])))
);

create table failed_sign_ins (
  name_hash bytea not null,
  failures integer not null,
  last_failed_at timestamp with time zone not null,
  constraint failed_sign_ins_pkey PRIMARY KEY (name_hash)
);

create table fixes (
  activation_id bigint not null,
  measured_at timestamp with time zone not null,
  seq bigint not null,
  received_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  lon double precision not null,
  lat double precision not null,
  accuracy_m double precision,
  speed_mps double precision,
  heading_deg real,
  altitude_m real,
  hdop real,
  battery real,
  satellites smallint,
  source smallint not null,
  batch_id bigint,
  constraint fixes_pkey PRIMARY KEY (activation_id, measured_at, seq)
);

create table fixes_aside (
  activation_id bigint not null,
  measured_at timestamp with time zone not null,
  seq bigint not null,
  received_at timestamp with time zone not null,
  reason text not null,
  fix jsonb not null,
  salt uuid default gen_random_uuid(),
  constraint fixes_aside_pkey PRIMARY KEY (activation_id, measured_at, seq)
);

create table forwarders (
  id text not null,
  source text not null,
  password_hash bytea not null,
  created_at timestamp with time zone not null default now(),
  credentials_version integer not null default 1,
  credentials_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  revoked_by text,
  revoked_reason text,
  constraint forwarders_are_revoked_by_somebody CHECK ((num_nulls(revoked_at, revoked_by, revoked_reason) = ANY (ARRAY[0, 3]))),
  constraint forwarders_credentials_version_check CHECK ((credentials_version >= 1)),
  constraint forwarders_pkey PRIMARY KEY (id)
);

create table idempotency_keys (
  who text not null,
  key text not null,
  fingerprint bytea not null,
  status smallint not null,
  response jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (who, key)
);

create table incident_actions (
  id bigint not null generated always as identity,
  incident_id bigint not null,
  type text not null,
  by_whom text not null,
  at timestamp with time zone not null default clock_timestamp(),
  body jsonb not null default '{}'::jsonb,
  salt uuid default gen_random_uuid(),
  constraint incident_actions_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incidents(id),
  constraint incident_actions_pkey PRIMARY KEY (id)
);

create table incident_changes (
  cursor bigint not null,
  incident_id bigint not null,
  change text not null,
  at timestamp with time zone not null,
  incident jsonb not null,
  salt uuid default gen_random_uuid(),
  constraint incident_changes_pkey PRIMARY KEY (cursor)
);

create table incidents (
  id bigint not null generated always as identity,
  episode_id text not null,
  wearer_id bigint,
  activation_id bigint,
  condition_id bigint,
  zone_id bigint,
  zone_version integer,
  kind text not null,
  severity text not null,
  severity_rank smallint not null,
  certainty text not null,
  state text not null default 'open'::text,
  late boolean not null default false,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  raised_at timestamp with time zone not null default clock_timestamp(),
  changed_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  police_notified_at timestamp with time zone,
  police_reference text,
  closed_at timestamp with time zone,
  outcome text,
  owner text,
  reason jsonb not null,
  conclusion text,
  part text,
  constraint incidents_activation_id_fkey FOREIGN KEY (activation_id) REFERENCES activations(id),
  constraint incidents_are_of_a_wearer_or_a_part CHECK (
CASE kind
    WHEN 'system-fault'::text THEN ((part IS NOT NULL) AND (wearer_id IS NULL) AND (activation_id IS NULL) AND (zone_id IS NULL))
    ELSE ((part IS NULL) AND (wearer_id IS NOT NULL) AND (activation_id IS NOT NULL))
END),
  constraint incidents_condition_id_fkey FOREIGN KEY (condition_id) REFERENCES conditions(id),
  constraint incidents_episode_id_key UNIQUE (episode_id),
  constraint incidents_pkey PRIMARY KEY (id),
  constraint incidents_wearer_id_fkey FOREIGN KEY (wearer_id) REFERENCES wearers(id),
  constraint incidents_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(id)
);

create table ingest_members (
  name text not null,
  partitions integer not null,
  expires_at timestamp with time zone not null,
  constraint ingest_members_partitions_check CHECK ((partitions > 0)),
  constraint ingest_members_pkey PRIMARY KEY (name)
);

create table legal_holds (
  id bigint not null generated always as identity,
  wearer_id bigint not null,
  reason text not null,
  valid_from timestamp with time zone not null default clock_timestamp(),
  valid_to timestamp with time zone,
  created_by text not null,
  ended_by text,
  end_reason text,
  constraint legal_holds_check CHECK ((valid_to >= valid_from)),
  constraint legal_holds_pkey PRIMARY KEY (id),
  constraint legal_holds_wearer_id_fkey FOREIGN KEY (wearer_id) REFERENCES wearers(id)
);

create table near_misses (
  activation_id bigint not null,
  condition_id bigint not null,
  zone_id bigint not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone not null,
  detail jsonb not null,
  recorded_at timestamp with time zone not null default now(),
  salt uuid default gen_random_uuid(),
  constraint near_misses_pkey PRIMARY KEY (activation_id, condition_id, began_at)
);

create table orders (
  id bigint not null generated always as identity,
  wearer_id bigint not null,
  type text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  authority text,
  officer text,
  created_at timestamp with time zone not null default now(),
  risk text not null default 'standard'::text,
  constraint orders_check CHECK ((valid_to > valid_from)),
  constraint orders_pkey PRIMARY KEY (id),
  constraint orders_risk_check CHECK ((risk = ANY (ARRAY['standard'::text, 'high'::text, 'critical'::text]))),
  constraint orders_wearer_id_fkey FOREIGN KEY (wearer_id) REFERENCES wearers(id)
);

create table partition_leases (
  partition integer not null,
  owner text,
  epoch bigint not null default 0,
  expires_at timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint partition_leases_partition_check CHECK ((partition >= 0)),
  constraint partition_leases_pkey PRIMARY KEY (partition)
);

create table passes (
  id bigint not null generated always as identity,
  condition_id bigint not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null,
  reason text not null,
  created_by text not null,
  created_at timestamp with time zone not null default now(),
  corridor jsonb,
  constraint passes_check CHECK ((valid_to > valid_from)),
  constraint passes_condition_id_fkey FOREIGN KEY (condition_id) REFERENCES conditions(id),
  constraint passes_pkey PRIMARY KEY (id)
);

create table policies (
  version integer not null,
  valid_from timestamp with time zone not null default clock_timestamp(),
  body jsonb not null,
  note text not null,
  created_by text not null,
  constraint policies_pkey PRIMARY KEY (version),
  constraint policies_version_check CHECK ((version >= 2))
);

create table quarantine (
  id bigint not null generated always as identity,
  digest bytea not null,
  received_at timestamp with time zone not null,
  last_received_at timestamp with time zone not null,
  seen bigint not null default 1,
  topic text not null,
  tag_id text,
  code text not null,
  field text not null,
  detail text not null,
  item_index integer,
  payload_digest bytea not null,
  constraint quarantine_digest_key UNIQUE (digest),
  constraint quarantine_payload_digest_fkey FOREIGN KEY (payload_digest) REFERENCES quarantine_payloads(digest),
  constraint quarantine_pkey PRIMARY KEY (id)
);

create table quarantine_payloads (
  digest bytea not null,
  payload bytea not null,
  constraint quarantine_payloads_pkey PRIMARY KEY (digest)
);

create table removals (
  id bigint not null generated always as identity,
  at timestamp with time zone not null default clock_timestamp(),
  why text not null,
  by_whom text not null,
  activation_id bigint,
  relation text not null,
  removed_from timestamp with time zone,
  removed_to timestamp with time zone,
  rows bigint not null,
  constraint removals_pkey PRIMARY KEY (id),
  constraint removals_why_check CHECK ((why = ANY (ARRAY['retention'::text, 'erasure'::text])))
);

create table retention_rules (
  what text not null,
  order_type text not null default '*'::text,
  days integer not null,
  changed_at timestamp with time zone not null default clock_timestamp(),
  changed_by text not null,
  constraint retention_rules_check CHECK (((order_type = '*'::text) OR (what = ANY (ARRAY['track'::text, 'case'::text])))),
  constraint retention_rules_days_check CHECK (((days >= 1) AND (days <= 36525))),
  constraint retention_rules_pkey PRIMARY KEY (what, order_type),
  constraint retention_rules_what_check CHECK ((what = ANY (ARRAY['track'::text, 'case'::text, 'audit'::text, 'quarantine'::text])))
);

create table roll_call (
  rank smallint not null,
  subject_id bigint not null,
  problem text not null,
  wearer_id bigint not null,
  order_id bigint,
  activation_id bigint,
  tag_id text,
  since timestamp with time zone,
  reason text,
  constraint roll_call_pkey PRIMARY KEY (rank, subject_id)
);

create table roll_call_held (
  only_row boolean not null default true,
  at timestamp with time zone not null,
  constraint roll_call_held_only_row_check CHECK (only_row),
  constraint roll_call_held_pkey PRIMARY KEY (only_row)
);

create table schema_migrations (
  version integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (version)
);

create table sessions (
  token_hash bytea not null,
  account_id bigint not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id),
  constraint sessions_pkey PRIMARY KEY (token_hash)
);

create table set_aside (
  activation_id bigint not null,
  measured_at timestamp with time zone not null,
  seq bigint not null,
  reason text not null,
  recorded_at timestamp with time zone not null default now(),
  salt uuid default gen_random_uuid(),
  constraint set_aside_pkey PRIMARY KEY (activation_id, measured_at, seq, reason)
);

create table suspensions (
  id bigint not null generated always as identity,
  wearer_id bigint not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null,
  reason text not null,
  created_by text not null,
  created_at timestamp with time zone not null default now(),
  constraint suspensions_check CHECK ((valid_to > valid_from)),
  constraint suspensions_pkey PRIMARY KEY (id),
  constraint suspensions_wearer_id_fkey FOREIGN KEY (wearer_id) REFERENCES wearers(id)
);

create table system_faults (
  part text not null,
  seen_by text not null,
  since timestamp with time zone not null,
  seen_at timestamp with time zone not null default clock_timestamp(),
  constraint system_faults_pkey PRIMARY KEY (part, seen_by)
);

create table tag_statuses (
  tag_id text not null,
  online boolean not null,
  received_at timestamp with time zone not null,
  constraint tag_statuses_pkey PRIMARY KEY (tag_id)
);

create table tags (
  id text not null,
  model text,
  protocol text not null,
  password_hash bytea,
  created_at timestamp with time zone not null default now(),
  credentials text not null default 'password'::text,
  credentials_version integer not null default 1,
  credentials_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  revoked_by text,
  revoked_reason text,
  constraint tags_are_revoked_by_somebody CHECK ((num_nulls(revoked_at, revoked_by, revoked_reason) = ANY (ARRAY[0, 3]))),
  constraint tags_credentials_check CHECK ((credentials = ANY (ARRAY['password'::text, 'certificate'::text]))),
  constraint tags_credentials_version_check CHECK ((credentials_version >= 1)),
  constraint tags_have_what_they_sign_in_with CHECK (((credentials = 'password'::text) = (password_hash IS NOT NULL))),
  constraint tags_pkey PRIMARY KEY (id)
);

create table tracks_removed (
  activation_id bigint not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint tracks_removed_activation_id_fkey FOREIGN KEY (activation_id) REFERENCES activations(id),
  constraint tracks_removed_pkey PRIMARY KEY (activation_id)
);

create table visits (
  visit_id text not null,
  activation_id bigint not null,
  condition_id bigint not null,
  zone_id bigint not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  disproved boolean not null default false,
  reason jsonb not null,
  recorded_at timestamp with time zone not null default now(),
  salt uuid default gen_random_uuid(),
  constraint visits_activation_id_fkey FOREIGN KEY (activation_id) REFERENCES activations(id),
  constraint visits_condition_id_fkey FOREIGN KEY (condition_id) REFERENCES conditions(id),
  constraint visits_pkey PRIMARY KEY (visit_id),
  constraint visits_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(id)
);

create table watch_checkpoints (
  activation_id bigint not null,
  at timestamp with time zone not null,
  timeline jsonb not null,
  constraint watch_checkpoints_pkey PRIMARY KEY (activation_id, at)
);

create table watch_states (
  activation_id bigint not null,
  judged_through timestamp with time zone,
  state jsonb not null,
  written_at timestamp with time zone not null default now(),
  constraint watch_states_pkey PRIMARY KEY (activation_id)
) with (fillfactor=70);

create table wearers (
  id bigint not null generated always as identity,
  name text not null,
  reference text not null,
  mappa_category smallint,
  mappa_level smallint,
  flags text[] not null default '{}'::text[],
  created_at timestamp with time zone not null default now(),
  constraint wearers_pkey PRIMARY KEY (id),
  constraint wearers_reference_key UNIQUE (reference)
);

create table webhooks (
  id bigint not null generated always as identity,
  name text not null,
  url text not null,
  severities text[] not null default '{}'::text[],
  salt bytea not null,
  position bigint not null,
  delivered_at timestamp with time zone,
  failing_since timestamp with time zone,
  last_error text,
  leased_by text,
  leased_until timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint webhooks_pkey PRIMARY KEY (id)
);

create table zone_versions (
  zone_id bigint not null,
  version integer not null,
  name text not null,
  geometry jsonb not null,
  buffer_m double precision not null default 0,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  created_by text not null,
  constraint zone_versions_pkey PRIMARY KEY (zone_id, version),
  constraint zone_versions_version_check CHECK ((version >= 1)),
  constraint zone_versions_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES zones(id)
);

create table zones (
  id bigint not null generated always as identity,
  kind text not null,
  created_at timestamp with time zone not null default now(),
  constraint zones_pkey PRIMARY KEY (id)
);

CREATE INDEX activations_tag_id_valid_from_idx ON public.activations USING btree (tag_id, valid_from DESC);

CREATE INDEX activations_wearer_id_idx ON public.activations USING btree (wearer_id);

CREATE INDEX audit_entries_by_age ON public.audit_entries USING btree (at);

CREATE INDEX audit_entries_wearer_id_id_idx ON public.audit_entries USING btree (wearer_id, id DESC) WHERE (wearer_id IS NOT NULL);

CREATE INDEX chain_entries_of_link ON public.chain_entries USING btree (chain_id, "position");

CREATE INDEX chain_entries_of_row ON public.chain_entries USING btree (relation, key, id DESC);

CREATE INDEX chain_links_times ON public.chain_links USING brin (measured_from, measured_to, at) WITH (pages_per_range='16');

CREATE INDEX conditions_order_id_idx ON public.conditions USING btree (order_id);

CREATE INDEX conditions_zone_id_idx ON public.conditions USING btree (zone_id);

CREATE INDEX failed_sign_ins_oldest ON public.failed_sign_ins USING btree (last_failed_at);

CREATE INDEX fixes_batch ON public.fixes USING brin (batch_id) WITH (pages_per_range='32');

CREATE INDEX fixes_measured_at ON public.fixes USING brin (measured_at) WITH (pages_per_range='32');

CREATE INDEX incident_actions_incident_id_id_idx ON public.incident_actions USING btree (incident_id, id);

CREATE INDEX incident_changes_by_incident ON public.incident_changes USING btree (incident_id);

CREATE INDEX incidents_by_activation ON public.incidents USING btree (activation_id, COALESCE(ended_at, 'infinity'::timestamp with time zone));

CREATE INDEX incidents_by_wearer ON public.incidents USING btree (wearer_id, id DESC);

CREATE INDEX incidents_faults ON public.incidents USING btree (part, happened_at) WHERE (kind = 'system-fault'::text);

CREATE INDEX incidents_open ON public.incidents USING btree (severity_rank, raised_at, id) WHERE (state <> 'closed'::text);

CREATE INDEX legal_holds_wearer_id_idx ON public.legal_holds USING btree (wearer_id);

CREATE INDEX near_misses_by_zone ON public.near_misses USING btree (zone_id, began_at DESC);

CREATE INDEX near_misses_newest ON public.near_misses USING btree (began_at DESC, activation_id DESC, condition_id DESC);

CREATE INDEX orders_wearer_id_idx ON public.orders USING btree (wearer_id);

CREATE INDEX passes_condition_id_idx ON public.passes USING btree (condition_id);

CREATE INDEX quarantine_by_age ON public.quarantine USING btree (last_received_at);

CREATE INDEX quarantine_by_payload ON public.quarantine USING btree (payload_digest);

CREATE INDEX quarantine_tag_id_id_idx ON public.quarantine USING btree (tag_id, id DESC);

CREATE INDEX removals_activation_id_relation_idx ON public.removals USING btree (activation_id, relation);

CREATE INDEX suspensions_wearer_id_idx ON public.suspensions USING btree (wearer_id);

CREATE INDEX visits_by_activation ON public.visits USING btree (activation_id, COALESCE(ended_at, 'infinity'::timestamp with time zone));

CREATE INDEX visits_by_zone ON public.visits USING btree (zone_id, began_at DESC);

CREATE INDEX visits_newest ON public.visits USING btree (began_at DESC, visit_id DESC);

CREATE UNIQUE INDEX erasures_one_at_a_time ON public.erasures USING btree (wearer_id) WHERE (state <> 'certified'::text);

CREATE UNIQUE INDEX incidents_fault_of_part ON public.incidents USING btree (part) WHERE ((kind = 'system-fault'::text) AND (ended_at IS NULL));

CREATE UNIQUE INDEX zone_versions_current ON public.zone_versions USING btree (zone_id) WHERE (valid_to IS NULL);

CREATE CONSTRAINT TRIGGER activations_of_a_tag_do_not_overlap AFTER INSERT OR UPDATE ON public.activations NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_activation();

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.activations FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.activations FOR EACH ROW EXECUTE FUNCTION log_configuration_change('wearer_id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.conditions FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.conditions FOR EACH ROW EXECUTE FUNCTION log_configuration_change('order_id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.forwarders FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.forwarders FOR EACH ROW EXECUTE FUNCTION log_configuration_change('id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.incidents FOR EACH STATEMENT EXECUTE FUNCTION lock_incident_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.incidents FOR EACH ROW EXECUTE FUNCTION log_incident_change();

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.orders FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.orders FOR EACH ROW EXECUTE FUNCTION log_configuration_change('wearer_id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.passes FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.passes FOR EACH ROW EXECUTE FUNCTION log_configuration_change('condition_id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.policies FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.policies FOR EACH ROW EXECUTE FUNCTION log_configuration_change('version');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.suspensions FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.suspensions FOR EACH ROW EXECUTE FUNCTION log_configuration_change('wearer_id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.tags FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.tags FOR EACH ROW EXECUTE FUNCTION log_configuration_change('id');

CREATE TRIGGER lock_log BEFORE INSERT OR UPDATE ON public.zone_versions FOR EACH STATEMENT EXECUTE FUNCTION lock_configuration_log();

CREATE TRIGGER log_change AFTER INSERT OR UPDATE ON public.zone_versions FOR EACH ROW EXECUTE FUNCTION log_configuration_change('zone_id');
