import { useLocale, useTranslations } from 'next-intl';
import { Button, LinkButton } from '#app/_ui/button.tsx';
import { DateField } from '#app/_ui/date-field.tsx';
import { TextField } from '#app/_ui/field.tsx';
import { localePath } from '#i18n/locale-path.ts';
import type { PlaceQuery } from './place-query.ts';

/** An address and a day, as an address of this page: the answer can be sent to somebody. */
export function PlaceForm({ asked }: { asked: PlaceQuery }) {
  const t = useTranslations('places');
  return (
    <search>
      <form className="stack" action={localePath(useLocale(), '/registers/places')} method="get">
        <TextField
          name="q"
          type="search"
          label={t('q')}
          hint={t('qHint')}
          defaultValue={asked.q}
          autoComplete="off"
          spellCheck={false}
        />
        <DateField name="on" label={t('on')} hint={t('onHint')} optional defaultValue={asked.on} />
        {asked.province && <input type="hidden" name="province" value={asked.province} />}
        <div className="row">
          <Button>{t('search')}</Button>
          <LinkButton kind="text" href="/registers/places">
            {t('clear')}
          </LinkButton>
        </div>
      </form>
    </search>
  );
}
