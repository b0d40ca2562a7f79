import { getTranslations } from 'next-intl/server';
import { PinField } from '#app/_parts/pin-field.tsx';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { Facts } from '#app/_ui/lists.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { Details, EmptyState, Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { changePin, releaseKey } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('signatures.keys'))('title') };
}

/** One's signing key and the seals one holds: their PIN; and for administrators the keys that are locked. */
export default async function Keys({ searchParams }: { searchParams: Promise<{ done?: string }> }) {
  const [t, { done }, keys] = await Promise.all([
    getTranslations('signatures.keys'),
    searchParams,
    read((api) => api.signatures.keys({})),
  ]);
  return (
    <>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack">
        {(done === 'changed' || done === 'released') && (
          <Notice tone="ok" status>
            <p>{t(done)}</p>
          </Notice>
        )}
        {keys.length === 0 && <EmptyState title={t('empty')} />}
        {keys.map((key) => (
          <Card key={key.id} title={key.subject}>
            <Facts
              items={[
                { label: t('kind'), value: t(`kinds.${key.kind}`) },
                {
                  label: t('status'),
                  value: <Tag tone={key.status === 'active' ? 'ok' : 'late'}>{t(`statuses.${key.status}`)}</Tag>,
                },
                { label: t('validTo'), value: formatDate(key.validTo) },
              ]}
            />
            {key.mayChangePin && (
              <Details summary={t('changePin')}>
                <ActionForm action={changePin.bind(null, key.id)} label={t('changePin')} id={`pin-${key.id}`}>
                  <PinField />
                  <TextField
                    name="newPin"
                    type="password"
                    label={t('newPin')}
                    hint={t('newPinHint')}
                    inputMode="numeric"
                    autoComplete="off"
                    width={10}
                    maxLength={12}
                  />
                  <SubmitButton kind="quiet">{t('changePin')}</SubmitButton>
                </ActionForm>
              </Details>
            )}
            {key.mayRelease && (
              <ActionForm action={releaseKey.bind(null, key.id)} label={t('release')}>
                <p>{t('releaseHint')}</p>
                <SubmitButton kind="danger">{t('release')}</SubmitButton>
              </ActionForm>
            )}
          </Card>
        ))}
      </div>
    </>
  );
}
