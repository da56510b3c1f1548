import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { exitWithError } from './exit-with-error.mts';

const CANDIDATES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of a Chromium or Chrome. Installs it as root on Debian and Ubuntu; elsewhere ends with a hint. */
export function ensureChromium(): string {
  return (
    findChromium() ??
    installChromium() ??
    exitWithError('The browser tests need Chromium. Install it, or set CHROMIUM to the path of a Chromium or Chrome.')
  );
}

function findChromium(): string | undefined {
  return CANDIDATES.find((path) => path !== undefined && existsSync(path));
}

function installChromium(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  console.error('The browser tests need Chromium. Installing it with apt-get, which takes about a minute.');
  const install = 'apt-get -o DPkg::Lock::Timeout=120 install -qq -y --no-install-recommends chromium';
  const { stdout, stderr } = spawnSync(`${install} || { apt-get update -qq; ${install}; }`, {
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const chromium = findChromium();
  if (!chromium) console.error(`${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n'));
  return chromium;
}
