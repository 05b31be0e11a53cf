import type { CommandState, Reply } from '../../protocol/commands.ts';
import type { DeviceKey } from '../../protocol/names.ts';

/** An action that a device's own configuration allows. */
export interface AllowedActionView {
  name: string;
  type: string;
  title: { fr: string; en: string };
  /** Seconds it may take. */
  timeoutS: number;
  /** What must be chosen: by argument, the values there are. */
  args: Record<string, string[]>;
}

/** A command and what became of it. */
export interface CommandView {
  id: string;
  device: DeviceKey;
  state: CommandState;
  /** When it was asked; where `asked` is false, when the answer came. */
  at: number;
  /** False: the device answered something that this server never sent it. */
  asked: boolean;
  action?: string;
  args?: Record<string, string>;
  by?: string;
  why?: string;
  incident?: number;
  expiresAt?: number;
  /** Why it could not be sent. */
  fault?: string;
  repliedAt?: number;
  /** A message with the same id was refused besides, such as a copy somebody sent again. */
  refusedAgainAt?: number;
  reply?: Omit<Reply, 'v' | 'id' | 'by' | 'state'>;
}

export interface ActionRequest {
  device: DeviceKey;
  action: string;
  args: Record<string, string>;
  by: string;
  why?: string;
  incident?: number;
}

/** Why nothing was sent. */
export type ActionFault =
  | 'no-such-device'
  | 'no-such-action'
  | 'device-offline'
  | 'no-such-incident'
  | 'incident-resolved'
  | 'incident-elsewhere';

export class ActionError extends Error {
  readonly code: ActionFault;
  constructor(code: ActionFault) {
    super(code);
    this.name = 'ActionError';
    this.code = code;
  }
}

/** An argument that is no choice, and the choices there are. */
export class ChoiceError extends Error {
  readonly argument: string;
  readonly choices: readonly string[];
  constructor(argument: string, choices: readonly string[]) {
    super(`${argument}: ${choices.join(', ')}`);
    this.name = 'ChoiceError';
    this.argument = argument;
    this.choices = choices;
  }
}

/** What agents may be told to do. */
export interface ActionPort {
  /** PEM: what commands are signed with is proven by it. */
  readonly publicKey: string;
  /** Undefined: no such device. */
  allowed(device: DeviceKey): Promise<{ online: boolean; actions: AllowedActionView[] } | undefined>;
  /**
   * Sends a command; kept and audited when it resolves.
   * @throws ActionError, ChoiceError: nothing was sent, which is audited as well.
   */
  ask(request: ActionRequest): Promise<CommandView>;
  /** Newest first. */
  list(query: { device?: DeviceKey; limit: number }): Promise<CommandView[]>;
  get(device: DeviceKey, id: string): Promise<CommandView | undefined>;
}
