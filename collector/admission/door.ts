import type { Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import rateLimit from '@fastify/rate-limit';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
} from 'fastify';
import type { AdmissionReason, NotAdmitted } from '../../protocol/enrolment.ts';
import { EnrolRequest, RenewRequest } from '../../protocol/enrolment.ts';
import type { Locale } from '../../protocol/inventory.ts';
import type { Answered, Doorkeeper } from './doorkeeper.ts';
import type { ListenerCertificate } from './listener-certificate.ts';
import { type Peer, peerOf } from './peer.ts';
import type { Refusals } from './refusals.ts';
import { ADMISSION_WORDS } from './words.ts';

export type DoorApp = FastifyInstance<
  Server,
  RawRequestDefaultExpression<Server>,
  RawReplyDefaultExpression<Server>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** Lays more routes on the agents' door. */
export type DoorRoutes = (app: DoorApp, door: { bearer(request: FastifyRequest): Promise<Peer> }) => void;

export interface DoorOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  certificate: ListenerCertificate;
  authority: string;
  doorkeeper: Doorkeeper;
  refusals: Refusals;
  routes: readonly DoorRoutes[];
  log: FastifyBaseLogger;
}

/** Thrown by `bearer`: the route is for agents whose certificate is good. */
class Objection extends Error {
  readonly reason: AdmissionReason;
  constructor(reason: AdmissionReason) {
    super(reason);
    this.reason = reason;
  }
}

const BODY_BYTES = 16 * 1024;
/** A store's tills may stand behind one address. */
const PER_MINUTE = 120;

/**
 * The agents' door: HTTPS, where a device that has nothing but a token gets its certificate, and an agent a new one for
 * the old. Rejects with the system's error when the port can't be had.
 */
export async function openDoor(options: DoorOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { certificate, doorkeeper, refusals } = options;
  const app: DoorApp = Fastify({
    // A stranger must be able to come in and ask: whoever needs a certificate is asked for it by its route.
    https: { ...certificate.current(), requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2' as const },
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES,
    connectionTimeout: 30_000,
    requestTimeout: 30_000,
    handlerTimeout: 20_000,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.removeContentTypeParser('text/plain');
  const stopRenewing = certificate.onRenewed((pems) => app.server.setSecureContext({ ...pems, minVersion: 'TLSv1.2' }));
  app.addHook('onClose', async () => stopRenewing());
  app.setErrorHandler((error: Error & { statusCode?: number; validation?: unknown }, request, reply) => {
    if (error instanceof Objection) return reply.code(403).send(notAdmitted(request, error.reason, false));
    const status = error.statusCode ?? 500;
    if (status >= 500) options.log.error({ err: error, url: request.url }, 'the agents’ door');
    const reason = status >= 500 ? 'not-now' : status === 429 ? 'too-many' : 'bad-request';
    return reply
      .code(status)
      .send({ reason, message: SENTENCES[reason][localeOf(request)], waits: status >= 500 || status === 429 });
  });
  await app.register(rateLimit, { max: PER_MINUTE, timeWindow: 60_000 });

  const bearer = async (request: FastifyRequest): Promise<Peer> => {
    const peer = peerOf(request.raw.socket as TLSSocket);
    const reason = 'fault' in peer ? peer.fault : await doorkeeper.objection(peer);
    if (reason === undefined) return peer as Peer;
    refusals.note('fault' in peer ? request.ip : `${peer.device} ${request.ip}`, reason);
    throw new Objection(reason);
  };
  const way = (request: FastifyRequest) => ({ address: request.ip, host: request.hostname });
  const answer = <T>(request: FastifyRequest, answered: Answered<T>) =>
    'answer' in answered
      ? { code: 200, body: answered.answer }
      : { code: answered.waits ? 202 : 403, body: notAdmitted(request, answered.reason, answered.waits) };

  app.get('/v1/ca', (_request, reply) => reply.type('application/x-pem-file').send(options.authority));
  app.post('/v1/enroll', { schema: { body: EnrolRequest } }, async (request, reply) => {
    const { code, body } = answer(request, await doorkeeper.enrol(request.body, way(request)));
    return reply.code(code).send(body);
  });
  app.post('/v1/renew', { schema: { body: RenewRequest } }, async (request, reply) => {
    const renewed = await doorkeeper.renew(await bearer(request), request.body, way(request));
    const { code, body } = answer(request, renewed);
    return reply.code(code).send(body);
  });
  for (const add of options.routes) add(app, { bearer });

  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await app.close();
    throw error;
  }
  return {
    port: (app.server.address() as { port: number }).port,
    async close() {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

const SENTENCES: Record<'not-now' | 'too-many' | 'bad-request', Record<Locale, string>> = {
  'not-now': {
    en: 'the server cannot do this just now; try again',
    fr: 'le serveur ne peut pas le faire pour l’instant\u202f; réessayez',
  },
  'too-many': {
    en: 'too many requests from this address; wait a minute',
    fr: 'trop de requêtes depuis cette adresse\u202f; attendez une minute',
  },
  'bad-request': { en: 'the request is not well formed', fr: 'la requête est mal formée' },
};

const localeOf = (request: FastifyRequest): Locale =>
  /^fr/i.test(request.headers['accept-language'] ?? '') ? 'fr' : 'en';

const notAdmitted = (request: FastifyRequest, reason: AdmissionReason, waits: boolean): NotAdmitted => ({
  reason,
  message: ADMISSION_WORDS[reason][localeOf(request)],
  waits,
});
