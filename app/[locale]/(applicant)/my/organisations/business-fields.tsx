import { useTranslations } from 'next-intl';
import { Select, TextField } from '#app/_ui/field.tsx';

interface Business {
  name: string;
  nameEn: string | null;
  representativeName: string | null;
  wardCode: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
}

/** The facts of a business; its province has been chosen before, so that the wards are the right ones. */
export function BusinessFields({
  business,
  wards,
}: {
  business?: Business;
  wards: { code: string; fullName: string }[];
}) {
  const t = useTranslations('identity.fields');
  return (
    <>
      <TextField
        name="name"
        label={t('businessName')}
        hint={t('businessNameHint')}
        defaultValue={business?.name}
        autoComplete="organization"
        spellCheck={false}
      />
      <TextField name="nameEn" label={t('nameEn')} defaultValue={business?.nameEn ?? ''} spellCheck={false} optional />
      <TextField
        name="representativeName"
        label={t('representativeName')}
        defaultValue={business?.representativeName ?? ''}
        spellCheck={false}
      />
      <Select
        name="wardCode"
        label={t('ward')}
        empty={t('chooseWard')}
        options={wards.map((ward) => ({ value: ward.code, label: ward.fullName }))}
        defaultValue={business?.wardCode ?? ''}
        optional
      />
      <TextField
        name="address"
        label={t('address')}
        defaultValue={business?.address ?? ''}
        autoComplete="street-address"
      />
      <TextField
        name="phone"
        type="tel"
        label={t('businessPhone')}
        defaultValue={business?.phone ?? ''}
        width={20}
        optional
      />
      <TextField
        name="email"
        type="email"
        label={t('businessEmail')}
        defaultValue={business?.email ?? ''}
        spellCheck={false}
        optional
      />
    </>
  );
}
