import { join } from 'node:path';
import { ROOT } from '../local/root.mts';

export const DOCUMENT = join(ROOT, 'docs/openapi.json');
export const BRUNO = join(ROOT, 'docs/bruno');
export const TYPES = join(ROOT, 'infra/client/api.d.mts');
