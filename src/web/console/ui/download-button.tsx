import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type JobAnswer, resultOf } from '../../api/jobs.ts';
import { problemText } from '../../ui/problem-text.ts';
import { saveFile } from '../save-file.ts';

interface DownloadButtonProps {
  readonly label: string;
  readonly fileName: string;
  /** Asks for the file, as a `Blob`. */
  readonly request: () => Promise<JobAnswer<Blob>>;
}

/** Downloads a file of the API, also if it takes a background job. */
export function DownloadButton({ label, fileName, request }: DownloadButtonProps) {
  const { t } = useTranslation('translation');
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => resultOf<Blob>(request),
    onSuccess: (file) => saveFile(fileName, file),
  });
  return (
    <>
      <Button variant="default" loading={isPending} onClick={() => mutate()}>
        {label}
      </Button>
      {error && <span role="alert">{problemText(error, t)}</span>}
    </>
  );
}
