import { useTranslations } from 'next-intl';
import { TextField } from '#app/_ui/field.tsx';
import type { dayAsked } from './day-asked.ts';

/** The day a view is asked for, typed as one text; `asked`: what the address carries, with what is wrong about it. */
export function DayField(props: {
  name: string;
  label: string;
  hint: string;
  asked: ReturnType<typeof dayAsked>;
  optional?: boolean;
}) {
  const { asked, ...field } = props;
  const t = useTranslations('registers.errors');
  return <TextField {...field} width={10} defaultValue={asked.text} error={asked.wrong ? t('date') : undefined} />;
}
