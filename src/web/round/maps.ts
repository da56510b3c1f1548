/** The address in the maps app of this device: geo: opens the one that the courier has chosen, but not on Apple's phones. */
export function mapUrlOf(address: string, userAgent = navigator.userAgent): string {
  const query = encodeURIComponent(address.replaceAll(/\s+/g, ' '));
  if (/iPhone|iPad|iPod/.test(userAgent)) return `https://maps.apple.com/?q=${query}`;
  if (/Android/.test(userAgent)) return `geo:0,0?q=${query}`;
  return `https://www.openstreetmap.org/search?query=${query}`;
}
