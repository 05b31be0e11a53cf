/**
 * Where a desk is, without the user and password that may stand in its address.
 * @throws Error when the address is not an HTTP one; the message does not quote it, for it may hold a password.
 */
export function parseAddress(address: string): { url: string; authorization: string | undefined } {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new Error('`url` must be an https:// or http:// address');
  }
  const user = decodeURIComponent(url.username);
  const password = decodeURIComponent(url.password);
  url.username = '';
  url.password = '';
  return { url: url.href, authorization: user || password ? basic(user, password) : undefined };
}

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
