-- runs alone
create index concurrently if not exists facilities_alphabet_idx on facilities (name collate "vi-x-icu", id);
