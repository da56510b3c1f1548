import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import type { Construct } from 'constructs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { version } from '../../package.json';

const REPOSITORY = join(__dirname, '../..');

/** The image of the program, built where the deployment is started from, with labels that say of what. */
export function createAppImage(scope: Construct): DockerImageAsset {
  const commit = lastCommit();
  return new DockerImageAsset(scope, 'Image', {
    directory: REPOSITORY,
    platform: Platform.LINUX_ARM64,
    // Beside what .dockerignore says: what is written while this is read.
    exclude: ['infra/aws/cdk.out'],
    buildArgs: { VERSION: version, ...commit },
    // The same sources are the same image, whatever commit they are found in.
    invalidation: { buildArgs: false },
  });
}

/** Without Git, or outside of it, the defaults of the Dockerfile stand. */
function lastCommit(): Record<string, string> {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%H %cI'], { cwd: REPOSITORY, encoding: 'utf8' });
  if (status !== 0) return {};
  const [REVISION = '', CREATED = ''] = stdout.trim().split(' ');
  return { REVISION, CREATED };
}
