import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

it('compiles the layout of mails from its source', async () => {
  // MJML is an ES module with a hundred more, so it runs in a process of its own.
  const check = promisify(execFile)(process.execPath, ['infra/mail/write-layout.mts', '--check']);
  await expect(check).resolves.toMatchObject({ stderr: '' });
});
