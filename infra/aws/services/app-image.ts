import { DockerImageAsset, Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { version } from '../../../package.json';

const REPOSITORY = join(__dirname, '../../..');

/** The published image of the application. Without one, it is built on the machine that deploys. */
export function appImageOf(scope: Construct, published: string | undefined): ContainerImage {
  return published === undefined
    ? ContainerImage.fromDockerImageAsset(builtImage(scope))
    : ContainerImage.fromRegistry(published);
}

/** Labelled with version and commit. */
function builtImage(scope: Construct): DockerImageAsset {
  const commit = lastCommit();
  return new DockerImageAsset(scope, 'Image', {
    directory: REPOSITORY,
    platform: Platform.LINUX_ARM64,
    // In addition to .dockerignore: the CDK writes here while it reads the directory.
    exclude: ['infra/aws/cdk.out'],
    buildArgs: { VERSION: version, ...commit },
    // Only the sources decide whether the image changed, not the commit.
    invalidation: { buildArgs: false },
  });
}

/** Empty outside a Git repository; the Dockerfile then uses its defaults. */
function lastCommit(): Record<string, string> {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%H %cI'], { cwd: REPOSITORY, encoding: 'utf8' });
  if (status !== 0) return {};
  const [REVISION = '', CREATED = ''] = stdout.trim().split(' ');
  return { REVISION, CREATED };
}
