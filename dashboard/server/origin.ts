import type { FastifyRequest } from 'fastify';
import { ApiError } from './errors.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

/** The name in a Host header, without its port. */
const hostname = (header: string | undefined): string =>
  /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(header?.toLowerCase() ?? '')?.[1] ?? '';

/**
 * Refuses requests whose Host header names another machine, when the server listens on loopback: a page of another site
 * could otherwise reach it by having its own name resolve to 127.0.0.1 (DNS rebinding).
 */
export function hostGuard(listeningHost: string): (request: FastifyRequest) => void {
  const own = bracketed(listeningHost.toLowerCase());
  if (!LOOPBACK.test(own)) return () => {};
  const allowed = new Set(['localhost', '127.0.0.1', '[::1]', own]);
  return (request) => {
    if (!allowed.has(hostname(request.headers.host))) throw new ApiError('wrong-host');
  };
}

type Origin = 'same' | 'foreign' | 'unknown';

/** Whose page sent this request, by what the browser says. Programs that are not browsers say nothing. */
function originOf(request: FastifyRequest): Origin {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'same' : 'foreign';
  const origin = request.headers.origin;
  if (origin === undefined) return 'unknown';
  return URL.canParse(origin) && new URL(origin).host === request.host.toLowerCase() ? 'same' : 'foreign';
}

/** For what a cookie alone would allow: the page must prove to be ours. */
export function requireSameOrigin(request: FastifyRequest): void {
  if (originOf(request) !== 'same') throw new ApiError('foreign-origin');
}

/** For signing in, which programs may do too: only a foreign page is refused. */
export function refuseForeignOrigin(request: FastifyRequest): void {
  if (originOf(request) === 'foreign') throw new ApiError('foreign-origin');
}
