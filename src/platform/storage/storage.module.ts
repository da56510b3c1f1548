import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../config/platform.settings';
import { Configuration } from '../config/configuration';
import { DependencyChecks } from '../startup/dependency-checks';
import { existenceCheck } from '../startup/wait-for';
import { createLinkSigner, createS3Client } from './client';
import { declaredBuckets } from './declare-bucket';
import { LINK_SIGNER, ObjectStorage } from './object-storage.service';

@Global()
@Module({
  providers: [
    { provide: S3Client, inject: [PLATFORM_SETTINGS], useFactory: createS3Client },
    { provide: LINK_SIGNER, inject: [PLATFORM_SETTINGS], useFactory: createLinkSigner },
    ObjectStorage,
  ],
  exports: [S3Client, ObjectStorage],
})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    private readonly s3: S3Client,
    @Inject(LINK_SIGNER) private readonly signer: S3Client,
    @Inject(PLATFORM_SETTINGS) { roles, endpoints }: PlatformSettings,
    configuration: Configuration,
    dependencyChecks: DependencyChecks,
  ) {
    // The API starts without S3: only links and files need it.
    if (!roles.has('worker')) return;
    const server = { server: 'S3', endpoint: endpoints.s3 };
    dependencyChecks.register(
      ...declaredBuckets(configuration).map(({ name }) =>
        existenceCheck(`The bucket ${name}`, 'NotFound', server, () =>
          s3.send(new HeadBucketCommand({ Bucket: name })),
        ),
      ),
    );
  }

  onApplicationShutdown(): void {
    this.s3.destroy();
    this.signer.destroy();
  }
}
