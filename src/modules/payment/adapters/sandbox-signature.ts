import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** Signs a body the way most gateways do: the time is signed too, so that an old message cannot be replayed. */
export function sign(body: string | Buffer, secret: string, epochSeconds: number): string {
  return `t=${epochSeconds},v1=${digestOf(body, secret, epochSeconds)}`;
}

export function isValidSignature(
  body: Buffer,
  header: string | undefined,
  secret: string,
  nowEpochSeconds: number,
): boolean {
  const [, time = '', digest = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (!digest || Math.abs(nowEpochSeconds - Number(time)) > TOLERANCE_SECONDS) return false;
  return timingSafeEqual(Buffer.from(digest), Buffer.from(digestOf(body, secret, Number(time))));
}

function digestOf(body: string | Buffer, secret: string, epochSeconds: number): string {
  return createHmac('sha256', secret).update(`${epochSeconds}.`).update(body).digest('hex');
}
