// `npm run mail:layout`: compiles the layout of mails from MJML. With --check it only compares it.
import '../local/check-node.cjs';
import mjml from 'mjml';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitWithError } from '../local/exit-with-error.mts';
import { ROOT } from '../local/root.mts';

const FOLDER = join(ROOT, 'src/modules/notification/mail');
const COMPILED_FILE = join(FOLDER, 'email-layout.ts');

const source = await readFile(join(FOLDER, 'email-layout.mjml'), 'utf8');
const { html } = await mjml(source, { validationLevel: 'strict', fonts: {} });
// MJML indents and separates its elements with blank lines.
const lines = html.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
const compiled = `/**
 * The layout of all mails, a Handlebars template. Compiled from email-layout.mjml by \`npm run mail:layout\`. Do not edit.
 */
export const EMAIL_LAYOUT = String.raw\`${lines.join('\n')}
\`;
`;
if (!process.argv.includes('--check')) await writeFile(COMPILED_FILE, compiled);
else if (compiled !== (await readFile(COMPILED_FILE, 'utf8')))
  exitWithError('email-layout.ts is out of date. Run `npm run mail:layout`.');
