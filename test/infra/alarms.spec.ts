import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbookUrlOf } from '../../infra/aws/runbook-url';
import { operationOf } from '../../src/cli/ops';
import { declaredQueueNames } from '../../src/platform/queue/declare-queue';
import { paths } from '../../docs/openapi.json';
import { type Deployment, propertiesOfType, synthesize } from './deployment';

const ROOT = join(__dirname, '../..');
const RUNBOOK_URL = 'https://github.com/dairy/milkround/blob/v1.0.0/docs/runbook.md';

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription?: string;
  readonly AlarmActions?: unknown[];
  readonly OKActions?: unknown[];
}

describe('the text of an alarm', () => {
  const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  /** The text of each section that an alarm can link to. */
  const sections = new Map(
    runbook.split(/^### /m).flatMap((text): [string, string][] => {
      const heading = text.split('\n', 1)[0] ?? '';
      return /^\S+$/.test(heading) ? [[heading, text.split(/^## /m)[0] ?? '']] : [];
    }),
  );
  const preparation = runbook.slice(runbook.indexOf('## Before you start'), runbook.indexOf('## Requests'));
  let alarms: Alarm[];
  let texts: { name: string; url: string; section: string; command: string }[];
  beforeAll(async () => {
    const deployment: Deployment = await synthesize({ runbookUrl: RUNBOOK_URL, eventBus: 'on' });
    alarms = propertiesOfType<Alarm>(deployment.service, 'AWS::CloudWatch::Alarm').filter(
      // The others belong to auto scaling.
      ({ AlarmDescription: text }) => text?.includes('runbook'),
    );
    texts = alarms.map(({ AlarmName: name, AlarmDescription: text = '' }) => {
      const [, url = '', section = '', command = ''] =
        /^Meaning and what to do: (\S+)#(\S+)\nStart with: (.+)$/.exec(text) ?? [];
      return { name, url, section, command };
    });
  });

  it('has a link to a section of the runbook, is sent by mail, and again when the alarm is over', () => {
    expect([...new Set(texts.map(({ section }) => section))].sort()).toEqual([...sections.keys()].sort());
    expect(texts.filter(({ url }) => url !== RUNBOOK_URL)).toEqual([]);
    expect(alarms.filter((alarm) => !('AlarmActions' in alarm && 'OKActions' in alarm))).toEqual([]);
  });

  it('names one command, which its section shows too', () => {
    const missing = texts.filter(({ section, command }) => {
      const lines = (sections.get(section) ?? '').split('\n');
      // The section shows the command for one of the queues.
      return !lines.includes(command) && !lines.includes(command.replace(/^ops dead [a-z-]+$/, 'ops dead'));
    });
    expect(missing).toEqual([]);
  });

  it('names commands that exist: of AWS, of the program, or routes of the API', () => {
    const routes = Object.keys(paths);
    for (const { command, name } of texts) {
      const [program = '', ...args] = command.split(' ');
      const found = {
        aws: () =>
          /^(?:logs tail|ecs describe-services|cloudwatch list-metrics|sns get-sms-attributes) /.test(args.join(' ')),
        curl: () => args.join(' ') === '-i $API/health/ready',
        ops: () => operationOf(args, { isLogged: true }) !== undefined,
        admin: () => routes.includes(/^GET '([^?']+)/.exec(args.join(' '))?.[1] ?? ''),
      }[program];
      expect([name, command, found?.()]).toEqual([name, command, true]);
    }
    const queues = texts.flatMap(({ command }) => /^ops dead (.+)$/.exec(command)?.[1] ?? []);
    expect([...new Set(queues)].sort()).toEqual(declaredQueueNames().sort());
  });

  it('comes with a runbook whose commands Bash can read', () => {
    const blocks = [...runbook.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, , block = '']) => block);
    expect(blocks.length).toBeGreaterThan(30);
    const unreadable = blocks.filter((block) => spawnSync('bash', ['-n'], { input: block }).status !== 0);
    expect(unreadable).toEqual([]);
  });

  it('uses only variables and functions that the runbook sets before', () => {
    const names = texts.flatMap(({ command }) => [...command.matchAll(/\$([A-Z]+)/g)].map(([, name]) => `${name}=`));
    for (const name of new Set(names)) expect(preparation).toContain(name);
    for (const name of ['ops', 'admin', 'run', 'token']) expect(preparation).toContain(`\n${name}() {`);
  });

  it('searches for messages that the program logs', () => {
    const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((path) => readFileSync(join(ROOT, path), 'utf8'));
    const phrases = texts.flatMap(({ command }) =>
      [...command.matchAll(/\$\.msg = "([^"*]+)/g)].map(([, text = '']) => text),
    );
    expect(phrases.length).toBeGreaterThan(10);
    expect(phrases.filter((phrase) => !sources.some((source) => source.includes(`'${phrase}`)))).toEqual([]);
  });

  it.each([
    ['https://github.com/dairy/milkround.git', RUNBOOK_URL],
    ['https://token@github.com/dairy/milkround', RUNBOOK_URL],
    ['git@github.com:dairy/milkround.git', RUNBOOK_URL],
    ['ssh://git@github.com/dairy/milkround.git', RUNBOOK_URL],
    ['https://git.dairy.example/milkround.git', undefined],
    ['', undefined],
  ])('links to the version that is deployed from %s', (remote, url) => {
    expect(runbookUrlOf(remote, 'v1.0.0')).toBe(url);
  });
});
