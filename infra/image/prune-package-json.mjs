// Reduces package.json to the packages given as arguments. The lock file keeps their versions.
import { readFileSync, writeFileSync } from 'node:fs';

const { name, version, dependencies, devDependencies, overrides } = JSON.parse(readFileSync('package.json', 'utf8'));
const known = { ...dependencies, ...devDependencies };
const kept = process.argv.slice(2).map((requested) => {
  if (!known[requested]) throw new Error(`${requested} is not a dependency in package.json`);
  return [requested, known[requested]];
});
// Nested overrides may refer to packages that are no longer in package.json.
const remainingOverrides = Object.entries(overrides).filter(([, override]) => typeof override === 'string');
const rest = {
  name,
  version,
  private: true,
  dependencies: Object.fromEntries(kept),
  overrides: Object.fromEntries(remainingOverrides),
};
writeFileSync('package.json', `${JSON.stringify(rest, null, 2)}\n`);
