// Leaves of package.json only the packages that are named, at the versions that it and the lock file say.
import { readFileSync, writeFileSync } from 'node:fs';

const { name, version, dependencies, devDependencies, overrides } = JSON.parse(readFileSync('package.json', 'utf8'));
const known = { ...dependencies, ...devDependencies };
const kept = process.argv.slice(2).map((wanted) => {
  if (!known[wanted]) throw new Error(`package.json does not know ${wanted}`);
  return [wanted, known[wanted]];
});
// Overrides may refer to packages that are gone by their names.
const remainingOverrides = Object.entries(overrides).filter(([, override]) => typeof override === 'string');
const rest = {
  name,
  version,
  private: true,
  dependencies: Object.fromEntries(kept),
  overrides: Object.fromEntries(remainingOverrides),
};
writeFileSync('package.json', `${JSON.stringify(rest, null, 2)}\n`);
