-- papers: messages, their files and read marks are only added
create trigger dossier_event_files_append_only before update or delete or truncate on dossier_event_files for each statement execute function refuse_change();
--> statement-breakpoint
create trigger dossier_reads_append_only before update or delete or truncate on dossier_reads for each statement execute function refuse_change();
