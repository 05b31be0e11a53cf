import type { Static, TObject } from 'typebox';
import type { Desk } from '../ports.ts';
import type { TicketContext } from '../tickets/ticket-context.ts';

/** All a connector may touch, and what its tickets tell beyond the incident. */
export interface ConnectorContext extends TicketContext {
  /** Of the desk, one per line of its secret: passwords, tokens, keys. At least one, where the plugin does not call it optional. */
  secrets: readonly string[];
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now(): number;
  /** A ticket that was closed while the fault lasts is followed by another. */
  reraises?: boolean;
}

/** One file of `connectors/`, named after its type, exports one of these as `plugin`. */
export interface ConnectorPlugin<Options extends TObject = TObject> {
  /** The same as the file's name. */
  type: string;
  title: { fr: string; en: string };
  /** One sentence per field: `description` in English, and beside it `fr` in French. Secrets are not among them. */
  options: Options;
  /** What the desk's secret is, and how several lines of it are used. */
  secret: { fr: string; en: string; isOptional?: boolean };
  /** Valid options, for samples and the reference. */
  example: Static<Options>;
  /** @throws Error that names the option that is wrong, and never quotes what may be secret. */
  create(options: Static<Options>, context: ConnectorContext): Desk;
}

/** Infers the options' type of a plugin from its schema. */
export const defineConnector = <Options extends TObject>(plugin: ConnectorPlugin<Options>): ConnectorPlugin<Options> =>
  plugin;
