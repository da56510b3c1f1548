import { Textarea } from '@mantine/core';
import type { ChangeEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface AddressFieldProps {
  readonly value: string;
  readonly onChange: (address: string) => void;
  readonly required?: boolean;
  readonly description?: ReactNode;
  readonly error?: ReactNode;
}

/** A delivery address. */
export function AddressField({ value, onChange, ...field }: AddressFieldProps) {
  const { t } = useTranslation();
  return (
    <Textarea
      {...field}
      label={t('field.address')}
      autoComplete="street-address"
      maxLength={300}
      rows={3}
      size="md"
      value={value}
      onChange={({ currentTarget }: ChangeEvent<HTMLTextAreaElement>) => onChange(currentTarget.value)}
    />
  );
}
