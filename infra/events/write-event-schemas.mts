// `npm run events`: writes docs/events.json from the types in src/events.
import '../local/check-node.cjs';
import { writeFile } from 'node:fs/promises';
import { eventSchemas, SCHEMAS_FILE } from './event-schemas.mts';

await writeFile(SCHEMAS_FILE, `${JSON.stringify(eventSchemas(), null, 2)}\n`);
