import { Inject, Injectable } from '@nestjs/common';
import { PLATFORM_SETTINGS, type PlatformSettings } from '../../platform/config/platform.settings';
import { PdfRenderer } from '../../platform/pdf/pdf-renderer.service';
import { DairyService } from '../dairy';
import type { NumberedManifest } from './domain/numbered-manifest';
import { manifestDocument } from './manifest-document';

/** Prints manifests for couriers. */
@Injectable()
export class ManifestPrinter {
  constructor(
    private readonly dairy: DairyService,
    private readonly pdf: PdfRenderer,
    @Inject(PLATFORM_SETTINGS) private readonly platform: PlatformSettings,
  ) {}

  /** The PDF of a manifest, in the language of its courier. `service.unavailable` if too many documents are waiting. */
  async print(manifest: NumberedManifest): Promise<Uint8Array> {
    const { name, language } = await this.dairy.get();
    const { zone, currency } = this.platform;
    const settings = { dairyName: name, language: manifest.language ?? language, timeZone: zone, currency };
    return this.pdf.render(manifestDocument(manifest, settings));
  }
}
