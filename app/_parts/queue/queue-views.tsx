import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Checkbox } from '#app/_ui/choices.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Details } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import type { QueueView } from '#server/dossiers/index.ts';
import type { InboxScope } from '#server/dossiers/inputs.ts';
import { removeView, saveView } from './queue-actions.ts';
import { type QueueSearch, queueHref } from './queue-search.ts';

/** Narrowed queues under a name: a link each, and a form that keeps the present one. */
export function QueueViews({ scope, search, views }: { scope: InboxScope; search: QueueSearch; views: QueueView[] }) {
  const t = useTranslations('queue.views');
  const here = queueHref(scope, { filters: search.filters });
  const own = views.filter((view) => view.own);
  return (
    <>
      {views.length > 0 && (
        <nav className="views" aria-label={t('label')}>
          <ul>
            {views.map((view) => {
              const href = queueHref(view.scope, { filters: view.filters });
              return (
                <li key={view.id}>
                  <Link href={href} aria-current={href === here ? 'page' : undefined}>
                    {view.name}
                    {view.by && <small>{t('by', { name: view.by })}</small>}
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
      )}
      <Details summary={t('manage')}>
        <ActionForm action={saveView.bind(null, scope, here.split('?')[1] ?? '')} label={t('save')} id="view">
          <TextField name="name" label={t('name')} hint={t('nameHint')} width={20} maxLength={60} autoComplete="off" />
          <Checkbox name="shared" label={t('shared')} />
          <SubmitButton small>{t('save')}</SubmitButton>
        </ActionForm>
        {own.length > 0 && (
          <ul className="views-own">
            {own.map((view) => (
              <li key={view.id}>
                <span>
                  {view.name}
                  {view.shared && <small> · {t('isShared')}</small>}
                </span>
                <ActionForm
                  action={removeView.bind(null, view.id)}
                  className=""
                  label={t('remove', { name: view.name })}
                >
                  <SubmitButton kind="text" small>
                    {t('removeShort')}
                    <span className="hidden-text"> {view.name}</span>
                  </SubmitButton>
                </ActionForm>
              </li>
            ))}
          </ul>
        )}
      </Details>
    </>
  );
}
