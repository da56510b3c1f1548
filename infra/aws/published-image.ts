const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];
const TIMEOUT_MILLISECONDS = 10_000;

interface Index {
  readonly manifests?: readonly { readonly platform?: { readonly architecture?: string } }[];
}

/**
 * The architectures of a public image, asked of its registry. Empty if the image is for one architecture only, because its
 * manifest does not name it. Undefined if the image does not exist, or needs credentials.
 */
export async function architecturesOf(image: string): Promise<readonly string[] | undefined> {
  const { registry, name, reference } = partsOf(image);
  // Docker, too, takes a local registry for one without TLS.
  const protocol = registry.startsWith('localhost') ? 'http' : 'https';
  const url = `${protocol}://${registry}/v2/${name}/manifests/${reference}`;
  let response = await request(url);
  const challenge = response.headers.get('www-authenticate');
  if (response.status === 401 && challenge !== null) {
    const token = await anonymousToken(challenge);
    if (token === undefined) return undefined;
    response = await request(url, { authorization: `Bearer ${token}` });
  }
  if ([401, 403, 404].includes(response.status)) return undefined;
  if (!response.ok) throw new Error(`${registry} answers ${response.status}`);
  const { manifests = [] } = (await response.json()) as Index;
  return manifests.flatMap(({ platform }) => platform?.architecture ?? []);
}

function partsOf(image: string): { registry: string; name: string; reference: string } {
  const [host = '', ...path] = image.split('/');
  const registry = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const [, name = '', tag, digest] = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(path.join('/')) ?? [];
  return { registry, name, reference: digest ?? tag ?? '' };
}

/** For a public image, registries issue a token without credentials. The challenge says where: `Bearer realm="…"`. */
async function anonymousToken(challenge: string): Promise<string | undefined> {
  const { realm, ...parameters } = Object.fromEntries(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  ) as Record<string, string>;
  if (realm === undefined) return undefined;
  const response = await request(`${realm}?${new URLSearchParams(parameters).toString()}`);
  if (!response.ok) return undefined;
  const { token, access_token: accessToken } = (await response.json()) as { token?: string; access_token?: string };
  return token ?? accessToken;
}

function request(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    headers: { accept: MANIFEST_TYPES.join(','), ...headers },
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
}
