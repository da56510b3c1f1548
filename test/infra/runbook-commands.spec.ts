import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const read = (path: string) => readFileSync(join(__dirname, '../..', path), 'utf8');
const RUNBOOK = read('docs/runbook.md');
const [, FUNCTIONS = ''] = /^## Before you start$[^]*?^```sh\n([^]*?)^```/m.exec(RUNBOOK) ?? [];

/** Answers like version 2 of the AWS CLI. Each line of the file `states` is one answer about the task. */
const AWS = `#!/usr/bin/env bash
here=$(dirname "$0")
echo "$*" >> "$here/calls"
case "$1 $2" in
  'ecs run-task') cat "$here/task" ;;
  'ecs describe-tasks') head -n 1 "$here/states"; sed -i.old 1d "$here/states" ;;
  'logs filter-log-events') cat "$here/log" ;;
  *) echo "value" ;;
esac`;

describe('one-off commands by hand', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runbook-'));
    writeFileSync(join(folder, 'aws'), AWS);
    chmodSync(join(folder, 'aws'), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = ({ task = 'arn:aws:ecs:task/milkround/T1', states = [] as string[], log = [] as string[] }) => {
    const files = { task, states: states.map((state) => `${state}\n`).join(''), log: JSON.stringify(log) };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const script = `${FUNCTIONS}\nsleep() { :; }\nops dead`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', script], {
      env: { ...process.env, PATH: `${folder}:${process.env.PATH}` },
      encoding: 'utf8',
    });
    return { stdout, stderr, status };
  };

  it('get the same network in the runbook and in the README, which matters without a NAT gateway', () => {
    const networks = ['docs/runbook.md', 'infra/aws/README.md'].map((path) =>
      /awsvpcConfiguration=\{.*\}/.exec(read(path))?.at(0),
    );
    expect(networks[0]).toContain('assignPublicIp=$(out TaskPublicAddress)');
    expect(networks[0]).toBe(networks[1]);
  });

  it('are waited for, however long they take, and print all but the log of the program', () => {
    const states = ['None', ...Array<string>(110).fill('RUNNING\tNone\tNone'), 'STOPPED\t0\tdone'];
    const result = run({ states, log: ['{"level":30}', 'analytics 0 messages', 'invoices 1 message'] });
    expect(result).toEqual({ stdout: 'analytics 0 messages\ninvoices 1 message\n', stderr: '', status: 0 });
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toContain('--log-stream-names command/program/T1 ');
  });

  it('return their exit code', () => {
    const result = run({ states: ['STOPPED\t3\tEssential container in task exited'], log: ['2 mismatches'] });
    expect(result).toMatchObject({ stdout: '2 mismatches\n', status: 3 });
    expect(result.stderr).toContain('code 3: Essential container in task exited');
  });

  it('say why they did not start', () => {
    const result = run({ states: ['PENDING\tNone\tNone', 'STOPPED\tNone\tCannotPullContainerError: i/o timeout'] });
    expect(result).toMatchObject({ stdout: '', status: 1 });
    expect(result.stderr).toContain('The task did not start: CannotPullContainerError: i/o timeout');
    expect(run({ task: 'None' })).toMatchObject({ stderr: 'ECS accepted no task\n', status: 1 });
  });
});
