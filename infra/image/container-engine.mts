import { spawnSync } from 'node:child_process';
import { exitWithError } from '../local/exit-with-error.mts';
import { ROOT } from '../local/root.mts';

const ENGINE_NAMES = ['docker', 'podman'] as const;

export interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly errorOutput: string;
}

/** Docker or Podman. Uses only commands that both support. */
export class ContainerEngine {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  /** The first engine that responds. A client without a running daemon does not. */
  static find(): ContainerEngine {
    const name = ENGINE_NAMES.find((candidate) => execute(candidate, ['info']).code === 0);
    return name
      ? new ContainerEngine(name)
      : exitWithError(`Neither ${ENGINE_NAMES.join(' nor ')} is running. Start one of them.`);
  }

  /** Returns the output of a command, or ends the program if the command fails. */
  run(...args: readonly string[]): string {
    const { code, output, errorOutput } = this.tryRun(...args);
    if (code === 0) return output;
    return exitWithError(`${this.name} ${args.join(' ')} failed with exit code ${code}:\n${output}\n${errorOutput}`);
  }

  tryRun(...args: readonly string[]): CommandResult {
    return execute(this.name, args);
  }

  /** Builds an image of this repository. IMAGE_BUILD_FLAGS adds flags that this machine needs. */
  build(tag: string, { target, labels = {} }: { target?: string; labels?: Record<string, string> } = {}): void {
    const flags = (process.env.IMAGE_BUILD_FLAGS ?? '').split(' ').filter(Boolean);
    // Podman's default format has no health checks.
    const format = this.name === 'podman' ? ['--format', 'docker'] : [];
    const args = Object.entries(labels).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
    this.run('build', ...format, ...flags, ...args, ...(target ? ['--target', target] : []), '-t', tag, ROOT);
  }
}

function execute(command: string, args: readonly string[]): CommandResult {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { code: status ?? 1, output: (stdout ?? '').trim(), errorOutput: error?.message ?? stderr.trim() };
}
