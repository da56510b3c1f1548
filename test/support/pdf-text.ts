import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** The text of a PDF, with a line for each line of its pages. Another process reads it, because Jest loads no ES modules. */
export async function textOfPdf(file: Uint8Array): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const node = join(ROOT, 'node_modules/.bin/node');
  const child = execFile(node, [join(__dirname, 'print-pdf-text.mts')], (error, text) =>
    error ? reject(error) : resolve(text),
  );
  child.stdin?.end(file);
  return promise;
}
