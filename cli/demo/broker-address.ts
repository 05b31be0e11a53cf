import type { Address } from './link.ts';

/** Host, port and credentials of `mqtt://[user:password@]host[:port]`. Throws a RangeError for any other URL. */
export function brokerAddress(url: string): Address & { username?: string; password?: string } {
  const parsed = URL.parse(url);
  if (parsed?.protocol !== 'mqtt:' || parsed.hostname === '') {
    throw new RangeError('the broker’s address must be mqtt://host:port');
  }
  const { hostname, port, username, password } = parsed;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 1883 : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
  };
}
