-- papers: messages, their files and read marks are only added
do $$
declare name text;
begin
  foreach name in array array['dossier_event_files', 'dossier_reads'] loop
    if to_regclass(name) is not null then
      execute format('create trigger %I before update or delete or truncate on %I for each statement execute function refuse_change()', name || '_append_only', name);
    end if;
  end loop;
end $$;
