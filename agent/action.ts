import type { Static, TObject } from 'typebox';
import type { CheckContext } from './check.ts';
import type { Words } from './words.ts';

/** All an action may touch beside files. Every outside call stands here, so that a test can answer it. */
export interface ActionContext
  extends Pick<
    CheckContext,
    'platform' | 'signal' | 'now' | 'monotonicMs' | 'wait' | 'readText' | 'connect' | 'exec' | 'say'
  > {
  /** What the command chose: for every argument, one of the values the configuration lists. */
  args: Readonly<Record<string, string>>;
  /** Sends one UDP datagram as a broadcast. */
  broadcast(datagram: Uint8Array, address: string, port: number): Promise<void>;
}

/** How something stands, for people, on one line. */
export interface Standing {
  text: string;
  /** False after the action: it did not help, whatever its program said. */
  isGood?: boolean;
}

/** An action of the configuration, bound to its options. */
export interface Action {
  /** Read before and after, and changes nothing. */
  look(ctx: ActionContext): Promise<Standing>;
  /** Acts, and gives what is worth telling of it. Rejects when it failed. */
  act(ctx: ActionContext): Promise<string>;
}

/** One file of `actions/`, named after its type, exports one of these as `plugin`. */
export interface ActionPlugin<Options extends TObject = TObject> {
  /** The same as the file's name. */
  type: string;
  title: Words;
  /** One sentence per field. */
  options: Options;
  /** Valid options, for samples and the reference. */
  example: Static<Options>;
  /** What a command may choose: by argument, all the values there are. One that has a single value need not be given. */
  choices?(options: Static<Options>): Readonly<Record<string, readonly string[]>>;
  create(options: Static<Options>): Action;
}

/** Infers the options' type of a plugin from its schema. */
export const defineAction = <Options extends TObject>(plugin: ActionPlugin<Options>): ActionPlugin<Options> => plugin;
