import { Injectable } from '@nestjs/common';

/** Other hosts that an app may load scripts and frames from, and connect to. */
export interface Hosts {
  readonly script: readonly string[];
  readonly frame: readonly string[];
  readonly connect: readonly string[];
}

const NONE: Hosts = { script: [], frame: [], connect: [] };

/** The hosts that browser apps use besides this server. A module registers what its forms in the browser need. */
@Injectable()
export class ForeignHosts {
  private readonly byApp = new Map<string, Hosts>();

  allow(app: string, hosts: Hosts): void {
    this.byApp.set(app, hosts);
  }

  of(app: string): Hosts {
    return this.byApp.get(app) ?? NONE;
  }
}
