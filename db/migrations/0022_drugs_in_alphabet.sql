-- runs alone
create index concurrently if not exists drugs_alphabet_idx on drugs (name collate "vi-x-icu", id);
