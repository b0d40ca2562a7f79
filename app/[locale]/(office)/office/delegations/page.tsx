import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { Select, TextArea } from '#app/_ui/field.tsx';
import { formatDate } from '#app/_ui/format.ts';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { EmptyState, Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { delegate, endDelegation } from './actions.ts';

export async function generateMetadata() {
  return { title: (await getTranslations('deadlines.delegation'))('title') };
}

const tones = { ahead: 'info', now: 'ok', over: 'plain' } as const;

/** Who stands in for whom: letting a colleague do one's tasks during an absence, and what one was asked oneself. */
export default async function Delegations() {
  const [t, tRoles] = await Promise.all([getTranslations('deadlines.delegation'), getTranslations('dossiers.roles')]);
  const { items, colleagues } = await read((api) => api.dossiers.myDelegations());
  return (
    <>
      <PageTitle title={t('title')} below={t('intro')} />
      <div className="stack-l">
        <DataTable
          caption={t('list')}
          empty={<EmptyState title={t('none')} />}
          columns={[
            { key: 'who', label: t('who') },
            { key: 'when', label: t('when') },
            { key: 'state', label: t('state') },
            { key: 'end', label: t('end') },
          ]}
          rows={items.map((item) => ({
            id: item.id,
            cells: {
              who: (
                <>
                  {item.given ? t('given', { name: item.toName }) : t('received', { name: item.fromName })}
                  <small>
                    {item.authorityName}. {item.reason}
                  </small>
                  {item.away.map((each) => (
                    <Notice key={each.fromOn} tone={each.missing.length > 0 ? 'late' : 'wait'}>
                      <p>
                        {t('away', {
                          name: item.toName,
                          from: formatDate(each.fromOn),
                          to: formatDate(each.toOn),
                          standIn: each.standInName,
                        })}
                        {each.missing.length > 0 &&
                          ` ${t('uncovered', {
                            standIn: each.standInName,
                            roles: each.missing.map((role) => tRoles(role)).join(', '),
                          })}`}
                      </p>
                    </Notice>
                  ))}
                </>
              ),
              when: `${formatDate(item.fromOn)} – ${formatDate(item.toOn)}`,
              state: <Tag tone={tones[item.state]}>{t(`states.${item.state}`)}</Tag>,
              end:
                item.given && item.state !== 'over' ? (
                  <ActionForm action={endDelegation.bind(null, item.id)} className="" id={`end-${item.id}`}>
                    <SubmitButton kind="quiet" small>
                      {t('end')}
                      <span className="hidden-text"> {t('endOf', { name: item.toName })}</span>
                    </SubmitButton>
                  </ActionForm>
                ) : (
                  '—'
                ),
            },
          }))}
        />
        {colleagues.length === 0 ? (
          <p>{t('noColleague')}</p>
        ) : (
          <ActionForm action={delegate} label={t('submit')}>
            <h2>{t('submit')}</h2>
            <Select
              name="toUserId"
              label={t('colleague')}
              empty="—"
              options={colleagues.map((each) => ({
                value: `${each.organisationId}:${each.userId}`,
                label: `${each.name} (${each.roles.map((role) => tRoles(role)).join(', ')})`,
              }))}
            />
            <DateField name="fromOn" label={t('from')} />
            <DateField name="toOn" label={t('to')} />
            <TextArea name="reason" label={t('reason')} rows={2} maxLength={1000} />
            <SubmitButton>{t('submit')}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </>
  );
}
