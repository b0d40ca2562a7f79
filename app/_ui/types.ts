import type { FieldError } from '#server/platform/errors.ts';

/** A field error with its sentence in the reader's language. `path` is the name of the input; '' speaks of the whole form. */
export interface ShownError extends FieldError {
  message: string;
}

/** What became of one thing of a bulk act. */
export interface ItemResult {
  id: string;
  name: string;
  done: boolean;
  /** a translated sentence or word */
  message: string;
}

/** What a form action answers: what is wrong, what was entered, or a notice that it worked. */
export interface FormState {
  errors: ShownError[];
  values: Record<string, string | string[]>;
  /** a translated sentence, shown and announced above the form */
  notice?: string;
  /** the second factor is asked for before this goes on */
  stepUp?: { passkey: boolean };
  /** of a bulk act: one entry a thing */
  results?: ItemResult[];
}

export type FormAction = (previous: FormState, data: FormData) => Promise<FormState>;

/** A form nobody has sent yet. */
export const untouched: FormState = { errors: [], values: {} };

/** How a status looks: always a shape beside the words. */
export type Tone = 'ok' | 'wait' | 'late' | 'info' | 'plain';

/** A person who is signed in, as far as the frame shows them. */
export interface AccountShown {
  name: string;
  official: boolean;
}
