import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { DashboardPorts } from '../ports.ts';
import type { Access, Needs, Who } from './access.ts';
import type { LiveHub } from './live-hub.ts';
import type { Sessions } from './sessions.ts';

/** The server while its routes are laid. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What routes answer from. */
export interface RouteContext {
  ports: DashboardPorts;
  hub: LiveHub;
  access: Access;
  sessions: Sessions;
  now: () => number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route: `anyone`, or a role at least. Every route of the API says so. */
    needs?: Needs;
  }
  interface FastifyRequest {
    /** Who asks, once their token or session is known. */
    who: Who | undefined;
    /**
     * Their name, where the route needs one, for what is written down of a change.
     * @throws when nobody was asked for.
     */
    by(): string;
  }
}
