// `npm run upgrade:release`: writes the compiled program and the tables that it fills to test/e2e/upgrade/<version>.json.br,
// for the test of the next release. Run it on the commit of a release.
import startEmulators from '../../support/start-emulators';
import stopEmulators from '../../support/stop-emulators';
import { fillDairy } from './fill-dairy';
import { fileOfRelease, writeRelease } from './release';

async function main(): Promise<void> {
  await startEmulators();
  try {
    const release = await fillDairy();
    writeRelease(release);
    console.log(`Wrote ${fileOfRelease(release.version)}`);
  } finally {
    await stopEmulators();
  }
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
