import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '../../api/client.ts';
import { ActionError } from '../../ui/states.tsx';
import type { User } from '../people.ts';
import { saveFile } from '../save-file.ts';
import styles from './couriers.module.css';

type Format = 'pdf' | 'csv';

/** Downloads what a courier delivers on a date, to print it or for a spreadsheet. */
export function RouteSheet({ courier: { userId, name }, date }: { courier: User; date: string }) {
  const { t } = useTranslation('console');
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: async (format: Format) => {
      const query = { courierId: userId, date, format };
      const file = await bodyOf(api.GET('/delivery/manifest', { params: { query }, parseAs: 'blob' }));
      saveFile(`${date}-${name}.${format}`, file);
    },
  });
  return (
    <div className={styles['sheets']}>
      {(['pdf', 'csv'] as const).map((format) => (
        <Button
          key={format}
          size="xs"
          variant="light"
          loading={isPending && variables === format}
          aria-label={t('couriers.routeSheetNamed', { name, format: format.toUpperCase() })}
          onClick={() => mutate(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      <ActionError error={error} />
    </div>
  );
}
