/**
 * Triggers in PostgreSQL that find faults which clients do not see: a write without the claim, or a claim that is taken
 * away while it is valid. Machines are told apart by their `application_name`.
 */
const WATCHED: Record<string, string> = {
  transcriptions: `
    if new.lease_token is distinct from old.lease_token and new.lease_token is not null then
      if old.lease_token is not null and old.lease_until > earshot_now() then
        perform chaos_note('a claim that counted was taken away from ' || coalesce(chaos_holder(old.id), '?'), old.id);
      end if;
      insert into chaos_claims values (new.id, current_setting('application_name'))
        on conflict (id) do update set by = excluded.by;
    end if;
    if old.state = 'running' and new.state = 'queued' and old.lease_until > earshot_now()
        and chaos_holder(old.id) <> current_setting('application_name') then
      perform chaos_note('put back while it was claimed by ' || chaos_holder(old.id), old.id);
    end if;
    if old.state not in ('queued', 'running') and new.state <> old.state then
      perform chaos_note('went from ' || old.state || ' to ' || new.state, old.id);
    end if;
    if new.state = 'succeeded' and old.state <> 'succeeded' and old.leader_id is null
        and chaos_holder(old.id) is distinct from current_setting('application_name') then
      perform chaos_note('ended without its claim, which ' || coalesce(chaos_holder(old.id), 'nobody') || ' had', old.id);
    end if;`,
  parts: `
    if not exists (select from transcriptions where id = new.transcription_id and lease_token is not null)
        or chaos_holder(new.transcription_id) is distinct from current_setting('application_name') then
      perform chaos_note('a part was stored without the claim, which '
        || coalesce(chaos_holder(new.transcription_id), 'nobody') || ' had', new.transcription_id);
    end if;`,
  open_parts: `
    if new.lease_token is distinct from old.lease_token and new.lease_token is not null then
      if old.lease_token is not null and old.lease_until > earshot_now() then
        perform chaos_note('a part''s claim that counted was taken away from ' || coalesce(chaos_holder(old.id), '?'), old.id);
      end if;
      insert into chaos_claims values (new.id, current_setting('application_name'))
        on conflict (id) do update set by = excluded.by;
    end if;
    if new.outcome is distinct from old.outcome and (old.lease_token is null
        or chaos_holder(old.id) is distinct from current_setting('application_name')) then
      perform chaos_note('a part was answered without its claim, which '
        || coalesce(chaos_holder(old.id), 'nobody') || ' had', old.id);
    end if;`,
}

/** Run once, after the tables have been created. */
export const WATCH = `
  create table chaos_faults (what text not null, id text not null, by text not null);
  create table chaos_claims (id text primary key, by text not null);
  create function chaos_note(what text, id text) returns void language sql as $$
    insert into chaos_faults values (what, id, current_setting('application_name')) $$;
  create function chaos_holder(of text) returns text language sql as $$
    select by from chaos_claims where id = of $$;
  ${Object.entries(WATCHED)
    .map(
      ([table, rules]) => `
  create function chaos_${table}() returns trigger language plpgsql as $$ begin ${rules} return new; end $$;
  create trigger chaos_${table} before ${table === 'parts' ? 'insert' : 'update'} on ${table}
    for each row execute function chaos_${table}();`,
    )
    .join('\n')}`

export const SEEN = `select what || ' (' || id || ', by ' || by || ')' as fault, count(*) as n
  from chaos_faults group by 1`

/** Machines that are working on a recording of several parts. */
export const HOLDERS = `select distinct c.by from chaos_claims c join transcriptions t on t.id = c.id
  where t.state = 'running' and t.lease_until > earshot_now() and t.duration_ms > 60000 and t.stage = 'transcribing'`
