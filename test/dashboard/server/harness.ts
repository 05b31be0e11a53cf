import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, InjectOptions, RouteOptions } from 'fastify';
import pino from 'pino';
import { Value } from 'typebox/value';
import { onTestFinished } from 'vitest';
import { buildApp } from '../../../dashboard/server/app.ts';
import { ERRORS, ErrorBody } from '../../../dashboard/server/errors.ts';
import type { Locale } from '../../../protocol/inventory.ts';
import { fakePorts, NOW, TOKENS } from './fake-ports.ts';

interface Options {
  readingNeedsToken?: boolean;
  storeLocale?: Locale;
  host?: string;
  webDir?: string;
}

/** The whole server on fake ports, with its log, a clock to move, and every route fastify was given. */
export async function serve(options: Options = {}) {
  const fake = fakePorts(options);
  const clock = { now: NOW };
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const routes: { method: string; url: string; needs: string | undefined }[] = [];
  const watch = (message: unknown) => {
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', (route: RouteOptions) => {
      for (const method of [route.method].flat()) routes.push({ method, url: route.url, needs: route.config?.needs });
    });
  };
  subscribe('fastify.initialization', watch);
  const app = await buildApp({
    host: options.host ?? '127.0.0.1',
    ports: fake.ports,
    webDir: options.webDir,
    log,
    version: '9.9.9',
    now: () => clock.now,
  });
  unsubscribe('fastify.initialization', watch);
  await app.ready();
  onTestFinished(() => app.close());
  return { app, ...fake, clock, logged, routes };
}

export const bearer = (role: keyof typeof TOKENS): Record<string, string> => ({
  authorization: `Bearer ${TOKENS[role]}`,
});

/** The code of an error, after checking that the body has the one shape and the status its code has. */
export function errorCodeOf(response: { statusCode: number; body: string }): string {
  const body: unknown = JSON.parse(response.body);
  if (!Value.Check(ErrorBody, body)) throw new Error(`not an error body: ${response.body}`);
  const { status } = ERRORS[body.error.code];
  if (status !== response.statusCode) throw new Error(`${body.error.code} came with ${response.statusCode}`);
  return body.error.code;
}

/** A route's address with names that exist in the fake ports. */
export const exampleUrl = (url: string): string =>
  url
    .replace(':chain', 'acme')
    .replace(':store', 'lyon-01')
    .replace(':device', 'till-2')
    .replace(':number', '7')
    .replace(':id', '3');

/** A request as an operator's or admin's page sends it. */
export const as = (role: keyof typeof TOKENS, request: InjectOptions): InjectOptions => ({
  ...request,
  headers: { ...request.headers, ...bearer(role) },
});
