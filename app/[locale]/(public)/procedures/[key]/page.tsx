import { getLocale, getTranslations } from 'next-intl/server';
import { read } from '#app/_server/caller.ts';
import { LinkButton } from '#app/_ui/button.tsx';
import { Card } from '#app/_ui/cards.tsx';
import { Page } from '#app/_ui/frame.tsx';
import { Link } from '#app/_ui/link.tsx';
import { Facts } from '#app/_ui/lists.tsx';
import { Breadcrumbs, PageTitle } from '#app/_ui/page-title.tsx';
import { FeeList } from '../_parts/fee-list.tsx';
import { inLanguage } from '../_parts/in-language.ts';
import { PaperList } from '../_parts/paper-list.tsx';

type Props = { params: Promise<{ key: string }> };

const load = async (key: string) => read((api) => api.procedures.get({ key }));

export async function generateMetadata({ params }: Props) {
  const { title } = await load((await params).key);
  return { title: inLanguage(await getLocale())(title) };
}

/** The start page: all that is asked and given, before anyone signs in. */
export default async function ProcedurePage({ params }: Props) {
  const { key } = await params;
  const [procedure, figures, t, tDeadlines] = await Promise.all([
    load(key),
    read((api) => api.dossiers.supplementFigures({ procedureKey: key })),
    getTranslations('public'),
    getTranslations('deadlines.figures'),
  ]);
  const say = inLanguage(await getLocale());
  return (
    <Page>
      <Breadcrumbs items={[{ label: t('procedure.back'), href: '/procedures' }, { label: say(procedure.title) }]} />
      <PageTitle title={say(procedure.title)} below={say(procedure.summary)} />
      <div className="columns">
        <div className="prose">
          <div className="row">
            <LinkButton href={`/my/dossiers/new?procedure=${procedure.key}`}>{t('procedure.start')}</LinkButton>
            {procedure.hasGuide && (
              <LinkButton kind="quiet" href={`/procedures/${procedure.key}/guide`}>
                {t('procedure.guide')}
              </LinkButton>
            )}
          </div>
          <p className="hint">{t('procedure.startHint')}</p>
          <h2>{t('procedure.who')}</h2>
          <ul>
            {procedure.whoMayApply.map((who) => (
              <li key={who.vi}>{say(who)}</li>
            ))}
          </ul>
          <h2>{t('procedure.papers')}</h2>
          <p>{t('procedure.papersHint')}</p>
          <PaperList papers={procedure.papers} />
          <h2>{t('procedure.limit')}</h2>
          <p>{t('procedure.limitText', { days: procedure.limitDays })}</p>
          <h2>{tDeadlines('title')}</h2>
          <p>{figures.received === 0 ? tDeadlines('none') : tDeadlines('text', { ...figures })}</p>
          <h2>{t('procedure.fee')}</h2>
          <FeeList fees={procedure.fees} />
          <h2>{t('procedure.steps')}</h2>
          <ol>
            {procedure.phases.map((phase) => (
              <li key={phase.key}>{say(phase.title)}</li>
            ))}
          </ol>
          <h2>{t('procedure.result')}</h2>
          <p>
            {say(procedure.result.title)}
            {procedure.result.note && <>. {say(procedure.result.note)}</>}
          </p>
          <h2>{t('procedure.legal')}</h2>
          <ul>
            {procedure.legalBasis.map((law) => (
              <li key={law.number}>
                {law.number}: {say(law.title)}
              </li>
            ))}
          </ul>
        </div>
        <aside className="stack">
          <Card title={t('procedure.glance')}>
            <Facts
              items={[
                { label: t('procedure.agency'), value: t(`procedures.agencies.${procedure.authority}`) },
                { label: t('procedure.limit'), value: t('procedures.days', { days: procedure.limitDays }) },
                { label: t('procedure.level'), value: t(`procedures.levels.${procedure.level}`) },
                { label: t('procedure.code'), value: procedure.code },
              ]}
            />
            <p className="hint">{t(`procedures.levelHelp.${procedure.level}`)}</p>
          </Card>
          <p>
            <Link href="/track">{t('procedure.track')}</Link>
          </p>
        </aside>
      </div>
    </Page>
  );
}
