import { getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { ActionForm } from '#app/_ui/action-form.tsx';
import { LinkButton } from '#app/_ui/button.tsx';
import { DataTable } from '#app/_ui/data-table.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { PageTitle } from '#app/_ui/page-title.tsx';
import { InsetText, Notice, Tag } from '#app/_ui/status.tsx';
import { SubmitButton } from '#app/_ui/submit-button.tsx';
import { formatTaxCode } from '#server/identity/rules.ts';
import { actForAction } from './actions.ts';

type Props = { searchParams: Promise<{ notice?: string; next?: string | string[] }> };

export async function generateMetadata() {
  return { title: (await getTranslations('identity.organisations'))('title') };
}

/** The businesses one may act for, and the choice of one of them. */
export default async function Organisations({ searchParams }: Props) {
  const [t, query] = await Promise.all([getTranslations('identity.organisations'), searchParams]);
  const { notice } = query;
  const next = typeof query.next === 'string' ? query.next : null;
  const businesses = await read((api) => api.identity.myOrganisations({}));
  const acting = businesses.find((business) => business.acting);
  const choice = (id: string | null, name: string, chosen: boolean) =>
    chosen ? (
      <Tag tone="ok">{t('acting')}</Tag>
    ) : (
      <ActionForm action={actForAction.bind(null, id, next)} label={t('actForOf', { name })} className="row">
        <SubmitButton kind="quiet" small>
          {t('actFor')}
          <span className="hidden-text"> {name}</span>
        </SubmitButton>
      </ActionForm>
    );
  const rows = businesses.map((business) => ({
    id: business.id,
    cells: {
      name: <Link href={`/my/organisations/${business.id}`}>{business.name}</Link>,
      taxCode: formatTaxCode(business.taxCode ?? ''),
      part: t(business.part),
      choice: choice(business.id, business.name, business.acting),
    },
  }));
  const myself = {
    id: 'myself',
    cells: { name: t('myself'), taxCode: '', part: '', choice: choice(null, t('myself'), !acting) },
  };
  return (
    <Page>
      <PageTitle
        title={t('title')}
        below={t('lead')}
        actions={<LinkButton href="/my/organisations/new">{t('add')}</LinkButton>}
      />
      <div className="stack">
        {notice === 'chosen' && (
          <Notice tone="ok" status>
            <p>{acting ? t('chosen', { name: acting.name }) : t('chosenMyself')}</p>
          </Notice>
        )}
        {businesses.length === 0 ? (
          <InsetText>
            <p>{t('none')}</p>
          </InsetText>
        ) : (
          <DataTable
            caption={t('title')}
            hideCaption
            columns={[
              { key: 'name', label: t('name') },
              { key: 'taxCode', label: t('taxCodeLabel') },
              { key: 'part', label: t('part') },
              { key: 'choice', label: t('actFor') },
            ]}
            rows={[...rows, myself]}
          />
        )}
      </div>
    </Page>
  );
}
