CREATE TABLE "facility_words" (
	"word" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "facility_words_word_idx" ON "facility_words" USING btree ("word");--> statement-breakpoint
-- How many letters apart two words are.
create extension if not exists fuzzystrmatch;
--> statement-breakpoint
-- Nobody waits for another here: what two add at once stands twice, and no transaction holds a word against another.
create function keep_facility_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into facility_words (word)
  select word from (select distinct unnest(string_to_array(search_text, ' ')) as word from written) w
  where word <> '' and word !~ '[0-9]' and not exists (select from facility_words k where k.word = w.word);
  return null;
end $$;
--> statement-breakpoint
create trigger facilities_added_words after insert on facilities referencing new table as written
  for each statement execute function keep_facility_words();
--> statement-breakpoint
create trigger facilities_changed_words after update on facilities referencing new table as written
  for each statement execute function keep_facility_words();
--> statement-breakpoint
insert into facility_words (word)
select distinct word from facilities, unnest(string_to_array(search_text, ' ')) word where word <> '' and word !~ '[0-9]';
