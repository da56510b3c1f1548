import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitWithError } from './exit-with-error.mts';

const MIN_VERSION = 17;

const INSTALL_COMMANDS = [
  { tool: 'brew', command: 'brew install --cask temurin@21' },
  { tool: 'apt-get', command: 'sudo apt-get install openjdk-17-jre-headless' },
  { tool: 'dnf', command: 'sudo dnf install java-21-openjdk-headless' },
  { tool: 'pacman', command: 'sudo pacman -S jre21-openjdk-headless' },
  { tool: 'winget', command: 'winget install EclipseAdoptium.Temurin.21.JRE' },
];

/** The path of a suitable Java. Installs it as root on Debian and Ubuntu; elsewhere ends with the install command. */
export function ensureJava(): string {
  return (
    findJava() ?? installJava() ?? exitWithError(`DynamoDB Local needs Java ${MIN_VERSION} or newer. ${installHint()}.`)
  );
}

function findJava(): string | undefined {
  const home = process.env.JAVA_HOME;
  return [...(home ? [join(home, 'bin', 'java')] : []), 'java'].find((java) => versionOf(java) >= MIN_VERSION);
}

function versionOf(java: string): number {
  const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}

function installJava(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !isInstalled('apt-get')) return undefined;
  // To stderr, because emulators.mts prints only the endpoints to stdout.
  console.error(`DynamoDB Local needs Java ${MIN_VERSION}. Installing it with apt-get, which takes about a minute.`);
  const install = 'apt-get -o DPkg::Lock::Timeout=120 install -qq -y --no-install-recommends';
  // Debian 13 has no Java 17.
  const { stdout, stderr } = spawnSync(
    `${install} openjdk-17-jre-headless || { apt-get update -qq; ` +
      `${install} openjdk-17-jre-headless || ${install} openjdk-21-jre-headless; }`,
    { shell: true, encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
  );
  const java = findJava();
  if (!java) console.error(`${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n'));
  return java;
}

function installHint(): string {
  const packageManager = INSTALL_COMMANDS.find(({ tool }) => isInstalled(tool));
  return packageManager
    ? `Install it with \`${packageManager.command}\``
    : 'Install it from https://adoptium.net and set JAVA_HOME';
}

function isInstalled(tool: string): boolean {
  return !spawnSync(tool, ['--version']).error;
}
