'use client';
import type { ReactNode } from 'react';
import { FormContext } from './form-context.tsx';
import { RestoredNotice, useKeptForm } from './kept-form.tsx';
import { untouched } from './types.ts';

interface Props {
  /** a route that answers a multipart POST with 303 back to a page */
  action: string;
  /** which form of the page; what was typed is kept under it when the session has ended */
  name: string;
  children: ReactNode;
}

/** A form whose files go to a route, since actions stop at 1 MB. Its words are restored as those of an ActionForm are. */
export function PostForm({ action, name, children }: Props) {
  const kept = useKeptForm(name);
  return (
    <form className="form" method="post" encType="multipart/form-data" action={action}>
      {kept && <RestoredNotice />}
      <FormContext value={{ state: kept ? { ...untouched, values: kept } : untouched, pending: false }}>
        {children}
      </FormContext>
    </form>
  );
}
