type Item = Record<string, unknown>;

/**
 * The size of an item in bytes, by AWS's rules: names and values in UTF-8, about one for two digits, three for a list or
 * map, and one for each of its members.
 */
export function sizeOf(value: unknown): number {
  if (value === undefined) return 0;
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (value instanceof Set) return [...value].reduce<number>((sum, member) => sum + sizeOf(member), 0);
  const isList = Array.isArray(value);
  const members = Object.entries(value as Item).map(
    ([name, member]) => (isList ? 1 : Buffer.byteLength(name) + 1) + sizeOf(member),
  );
  return 3 + members.reduce((sum, size) => sum + size, 0);
}
