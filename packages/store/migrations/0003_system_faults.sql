-- Incidents of the system itself: of a part of Cordon, and of no wearer.

alter table incidents alter column wearer_id drop not null, alter column activation_id drop not null;
alter table incidents add column part text; -- ingest-1, broker, database, …
alter table incidents add constraint incidents_are_of_a_wearer_or_a_part check (
  case kind when 'system-fault' then part is not null and wearer_id is null and activation_id is null and zone_id is null
            else part is null and wearer_id is not null and activation_id is not null end
);
-- One that goes on for each part, however many gateways see it, and whether or not somebody has closed it meanwhile.
create unique index incidents_fault_of_part on incidents (part) where kind = 'system-fault' and ended_at is null;
create index incidents_faults on incidents (part, happened_at) where kind = 'system-fault';

-- Which gateway sees which part in fault now. A fault ends when nobody sees it any more; a gateway that died sees nothing.
create table system_faults (
  part text not null,
  seen_by text not null, -- name of the gateway
  since timestamptz not null, -- by the gateway's clock
  seen_at timestamptz not null default clock_timestamp(), -- by the database's
  primary key (part, seen_by)
);
