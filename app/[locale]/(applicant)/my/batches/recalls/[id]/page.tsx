import { getTranslations } from 'next-intl/server';
import { HeldBatches } from '#app/_parts/drugs/holder-table.tsx';
import { RecallFacts } from '#app/_parts/drugs/recall-facts.tsx';
import { RecallState } from '#app/_parts/drugs/recall-tag.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { TextArea, TextField } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Page } from '#app/_ui/frame.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { Notice } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { answerRecall } from './actions.ts';

type Props = { params: Promise<{ id: string }> };
const load = async (id: string) => read((api) => api.drugs.ownRecall({ id }));

export async function generateMetadata({ params }: Props) {
  return { title: (await load((await params).id)).recall.number };
}

/** A recall that is about what one's facilities reported: one form a facility to say what was done. */
export default async function AnswerRecallPage({ params }: Props) {
  const { recall, holders } = await load((await params).id);
  const t = await getTranslations('recalls');
  // two facilities of one business may bear one name
  const answerOf = ({ name, code }: { name: string; code: string }) => t('answer.of', { name: `${name} (${code})` });
  return (
    <Page>
      <Breadcrumbs items={[{ href: '/my/batches', label: t('mine.title') }, { label: recall.number }]} />
      <PageTitle
        title={t('answer.title')}
        above={`${recall.number} · ${recall.drug.name}`}
        below={<RecallState state={recall.state} />}
      />
      <div className="columns">
        <div className="stack-l">
          {recall.state === 'ended' && recall.endedOn && (
            <Notice>{t('detail.ended', { day: formatDate(recall.endedOn) })}</Notice>
          )}
          {recall.state !== 'ended' && holders.length > 0 && <p>{t('answer.intro')}</p>}
          {holders.length === 0 && <Notice>{t('answer.notYours')}</Notice>}
          {holders.map(({ facility, batches, answer }) => (
            <section className="stack" key={facility.id}>
              <h2>{answerOf(facility)}</h2>
              <HeldBatches batches={batches} />
              {answer && (
                <Notice tone="ok">
                  {t('answer.last', { quarantined: answer.quarantined, returned: answer.returned })}
                </Notice>
              )}
              {recall.state !== 'ended' && (
                <ActionForm
                  action={answerRecall.bind(null, recall.id, facility.id)}
                  id={`answer-${facility.id}`}
                  label={answerOf(facility)}
                >
                  <TextField
                    name="quarantined"
                    label={t('answer.quarantined')}
                    width={10}
                    inputMode="numeric"
                    defaultValue={answer ? String(answer.quarantined) : undefined}
                  />
                  <TextField
                    name="returned"
                    label={t('answer.returned')}
                    width={10}
                    inputMode="numeric"
                    defaultValue={answer ? String(answer.returned) : undefined}
                  />
                  <TextArea name="note" label={t('answer.note')} rows={2} optional />
                  <SubmitButton>{t('answer.save')}</SubmitButton>
                </ActionForm>
              )}
            </section>
          ))}
        </div>
        <aside className="stack">
          <RecallFacts recall={recall} />
        </aside>
      </div>
    </Page>
  );
}
