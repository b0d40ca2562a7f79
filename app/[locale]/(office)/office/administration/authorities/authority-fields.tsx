import { useTranslations } from 'next-intl';
import { Select, TextField } from '#app/_ui/field.tsx';

interface Authority {
  name: string;
  nameEn: string | null;
  agencyCode: string | null;
  documentCode: string | null;
  placeCode: string | null;
  superiorName: string | null;
  provinceCode: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
}
interface AuthorityFieldsProps {
  authority?: Authority;
  provinces: { code: string; fullName: string }[];
  /** codes and province stand in numbers that were given out */
  mayChangeCodes: boolean;
}

const codes = ['agencyCode', 'documentCode', 'placeCode'] as const;

/** The facts of an authority that stand on its papers. */
export function AuthorityFields({ authority, provinces, mayChangeCodes }: AuthorityFieldsProps) {
  const t = useTranslations('administration.fields');
  const people = useTranslations('identity.fields');
  return (
    <>
      <TextField name="name" label={t('authorityName')} defaultValue={authority?.name} />
      <TextField name="nameEn" label={t('nameEn')} defaultValue={authority?.nameEn ?? ''} />
      <TextField
        name="superiorName"
        label={t('superiorName')}
        hint={t('superiorNameHint')}
        defaultValue={authority?.superiorName ?? ''}
        optional
      />
      {mayChangeCodes ? (
        <>
          {codes.map((name) => (
            <TextField
              key={name}
              name={name}
              label={t(name)}
              hint={t(`${name}Hint`)}
              defaultValue={authority?.[name] ?? ''}
              width={20}
              spellCheck={false}
              optional={name === 'placeCode'}
            />
          ))}
          <Select
            name="provinceCode"
            label={t('authorityProvince')}
            empty={t('noProvince')}
            options={provinces.map((province) => ({ value: province.code, label: province.fullName }))}
            defaultValue={authority?.provinceCode ?? ''}
          />
        </>
      ) : (
        <>
          {codes.map((name) => (
            <input key={name} type="hidden" name={name} value={authority?.[name] ?? ''} />
          ))}
          <input type="hidden" name="provinceCode" value={authority?.provinceCode ?? ''} />
        </>
      )}
      <TextField name="address" label={t('address')} defaultValue={authority?.address ?? ''} optional />
      <TextField
        name="phone"
        type="tel"
        label={people('phone')}
        defaultValue={authority?.phone ?? ''}
        width={20}
        optional
      />
      <TextField
        name="email"
        type="email"
        label={people('email')}
        defaultValue={authority?.email ?? ''}
        spellCheck={false}
        optional
      />
    </>
  );
}
