-- runs in batches
-- A code is found without what parts it, as numbers of drugs are.
update facilities set search_text = search_text || ' ' || lower(replace(code, '-', '')) where id in (
  select id from facilities where strpos(search_text, lower(replace(code, '-', ''))) = 0 limit 1000);
