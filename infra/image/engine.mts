import { spawnSync } from 'node:child_process';
import { giveUp } from '../local/give-up.mts';
import { ROOT } from '../local/root.mts';

const NAMES = ['docker', 'podman'] as const;

export interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly complaint: string;
}

/** Docker or Podman: what is asked of them here, both understand. */
export class Engine {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** The first that answers; a client without its daemon does not. */
  static find(): Engine {
    const name = NAMES.find((candidate) => run(candidate, ['info']).code === 0);
    return name ? new Engine(name) : giveUp(`Neither of ${NAMES.join(' and ')} answers: start one of them.`);
  }

  /** What it prints; when it fails, the program ends with its complaint. */
  ask(...args: readonly string[]): string {
    const { code, output, complaint } = this.try(...args);
    if (code === 0) return output;
    return giveUp(`${this.name} ${args.join(' ')} ended with ${code}:\n${output}\n${complaint}`);
  }

  try(...args: readonly string[]): Outcome {
    return run(this.name, args);
  }

  /** Builds an image of this repository. IMAGE_BUILD_FLAGS says what a build needs on this machine. */
  build(tag: string, { target, labels = {} }: { target?: string; labels?: Record<string, string> } = {}): void {
    const flags = (process.env.IMAGE_BUILD_FLAGS ?? '').split(' ').filter(Boolean);
    // Podman's own format has no health checks.
    const format = this.name === 'podman' ? ['--format', 'docker'] : [];
    const args = Object.entries(labels).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    this.ask('build', ...format, ...flags, ...args, ...(target ? ['--target', target] : []), '-t', tag, ROOT);
  }
}

function run(command: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { code: status ?? 1, output: (stdout ?? '').trim(), complaint: error?.message ?? stderr.trim() };
}
