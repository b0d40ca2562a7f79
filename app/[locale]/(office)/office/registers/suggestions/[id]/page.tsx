import { getTranslations } from 'next-intl/server';
import { suggestion } from '#app/_server/registers.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { TextArea } from '#app/_ui/field.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { InsetText } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { DateText } from '#app/_ui/time-text.tsx';
import { answer } from './actions.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props) {
  return { title: (await suggestion((await params).id)).number };
}

/** What somebody said of an entry, with the way to propose the change and to answer. */
export default async function SuggestionPage({ params }: Props) {
  const one = await suggestion((await params).id);
  const t = await getTranslations('registers');
  const all = await getTranslations();
  const field = one.field ? all(`${one.register}.fields.${one.field}` as 'facilities.fields.name') : t('suggest.other');
  return (
    <>
      <Breadcrumbs items={[{ label: t('desk.title'), href: '/office/registers' }, { label: one.number }]} />
      <PageTitle title={one.title} above={one.number} />
      <div className="columns">
        <div className="stack-l">
          <InsetText>{one.words}</InsetText>
          {one.answer && (
            <section className="stack">
              <h2>{t('suggestion.answer')}</h2>
              <p>{one.answer}</p>
            </section>
          )}
          {one.state === 'received' && (
            <>
              <p>
                <LinkButton kind="quiet" href={`/office/registers/${one.register}/${one.entryId}/change`}>
                  {t('suggestion.propose')}
                </LinkButton>
              </p>
              <ActionForm action={answer.bind(null, one.id)} label={t('suggestion.answer')}>
                <TextArea name="answer" label={t('suggestion.answer')} hint={t('suggestion.answerHint')} rows={4} />
                <div className="row">
                  <SubmitButton name="outcome" value="accept">
                    {t('suggestion.accept')}
                  </SubmitButton>
                  <SubmitButton kind="quiet" name="outcome" value="decline">
                    {t('suggestion.decline')}
                  </SubmitButton>
                </div>
              </ActionForm>
            </>
          )}
        </div>
        <aside>
          <Facts
            items={[
              { label: t('suggestion.field'), value: field },
              { label: t('desk.state'), value: t(`suggestionStates.${one.state}`) },
              { label: t('desk.at'), value: <DateText value={one.createdAt} time /> },
              { label: t('suggestion.email'), value: one.email ?? t('suggestion.noEmail') },
            ]}
          />
        </aside>
      </div>
    </>
  );
}
