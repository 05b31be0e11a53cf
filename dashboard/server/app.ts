import { randomBytes } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyBaseLogger, type FastifyServerOptions, LogController, type RouteOptions } from 'fastify';
import type { Logger } from 'pino';
import type { DashboardPorts } from '../ports.ts';
import { Access, type GuessLimit, isReading } from './access.ts';
import type { App, RouteContext } from './app-types.ts';
import { ApiError } from './errors.ts';
import { answerFailure, answerGarbage } from './failures.ts';
import { LiveHub } from './live-hub.ts';
import { openApiOptions } from './openapi.ts';
import { hostGuard } from './origin.ts';
import { addRoutes } from './routes/index.ts';
import { Sessions } from './sessions.ts';
import { serveWeb } from './web-files.ts';

interface AppOptions {
  /** Where it listens: on loopback it answers to loopback names only. */
  host: string;
  ports: DashboardPorts;
  /** The built web app; undefined when there is none. */
  webDir: string | undefined;
  log: Logger;
  version: string;
  now: () => number;
}

/** The whole server, not listening yet. */
export async function buildApp(options: AppOptions): Promise<App> {
  const { ports, now } = options;
  const app: App = Fastify(serverOptions(options.log)).withTypeProvider();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Answers are ours and typed: writing them out is all there is to do, and the fastest.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.setErrorHandler(answerFailure);
  app.removeContentTypeParser('text/plain');
  app.addHook('onRoute', requireNeeds);

  await app.register(helmet, SECURITY_HEADERS);
  await app.register(cookie);
  await app.register(compress, { globalDecompression: false, encodings: ['br', 'gzip'], brotliOptions: QUICK_BROTLI });
  await app.register(rateLimit, { global: false, errorResponseBuilder: tooMany });
  await app.register(swagger, openApiOptions(options.version));

  const sessions = new Sessions(ports.access.sessionKey, now);
  const access = new Access(ports.access, sessions, guessLimit(app));
  const guardHost = hostGuard(options.host);
  app.decorateRequest('who', undefined);
  app.decorateRequest('by', function by() {
    if (this.who === undefined) throw new ApiError('unauthenticated');
    return this.who.name;
  });
  app.addHook('onRequest', async (request, reply) => {
    guardHost(request);
    const { needs } = request.routeOptions.config;
    if (needs === undefined) return;
    reply.header('cache-control', 'no-store');
    request.who = await access.admit(request, needs);
  });

  const epoch = `${now().toString(36)}${randomBytes(4).toString('hex')}`;
  const hub = new LiveHub({
    epoch,
    snapshot: () => ports.wall.snapshot(),
    hindered: () => ports.self.hindered(),
    now,
  });
  addRoutes(app, { ports, hub, access, sessions, now } satisfies RouteContext);
  await serveWeb(app, options.webDir);

  const stopDeltas = ports.wall.onDelta((delta) => hub.publish(delta));
  app.addHook('preClose', (done) => {
    stopDeltas();
    hub.close();
    done();
  });
  return app;
}

function serverOptions(log: Logger) {
  const paths = ['authorization', 'cookie', 'set-cookie'].map((name) => `*.headers["${name}"]`);
  return {
    loggerInstance: log.child({}, { redact: { paths, censor: '…' } }) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A reverse proxy on this machine may say whom it speaks for; nobody else may.
    trustProxy: 'loopback',
    bodyLimit: 1024 * 1024,
    connectionTimeout: 60_000,
    requestTimeout: 60_000,
    handlerTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerFailure(error, request, reply),
    clientErrorHandler: answerGarbage,
  } satisfies FastifyServerOptions;
}

/** No route without a word on who may call it, unless it only reads; none that changes anything without a bound. */
function requireNeeds(route: RouteOptions): void {
  const reads = [route.method].flat().every(isReading);
  const isOurs = /^\/(api|metrics)(\/|$)/.test(route.url);
  if (route.config?.needs === undefined && (isOurs || !reads)) {
    throw new Error(`route ${route.method} ${route.url} does not say whom it serves (config.needs)`);
  }
  if (!reads) route.config = { rateLimit: { max: 120, timeWindow: 60_000 }, ...route.config };
}

const SECURITY_HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Whoever ends TLS decides whether this name is for HTTPS only.
  hsts: false,
  referrerPolicy: { policy: 'same-origin' as const },
};

const QUICK_BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const tooMany = (_request: unknown, { ttl }: { ttl: number }) =>
  new ApiError('too-many-requests', { retryAfterS: Math.ceil(ttl / 1000) });

/** Thirty wrong tokens a minute from one address; then none of its tokens is looked at until the minute is over. */
function guessLimit(app: App): GuessLimit {
  const check = app.createRateLimit({ max: 30, timeWindow: 60_000 });
  return {
    async exhausted(request) {
      const state = await check(request, { increment: false });
      return !state.isAllowed && state.remaining === 0 ? state.ttlInSeconds : undefined;
    },
    async count(request) {
      await check(request);
    },
  };
}
