import { join } from 'node:path';
import { ROOT } from '../local/root.mts';

export const DOCUMENT_FILE = join(ROOT, 'docs/openapi.json');
export const BRUNO_FOLDER = join(ROOT, 'docs/bruno');
export const CLIENT_TYPES_FILE = join(ROOT, 'infra/client/api.d.mts');
