import type { EscalationLevel } from '../../../protocol/views.ts';
import { ApiError, apiPath, request } from '../api.ts';
import { toast } from '../parts/toast.tsx';
import { ui } from '../words/index.ts';
import { person, signInAsked } from './session.ts';

/** Tells the others that someone has this incident in hand. */
export const acknowledge = (number: number): Promise<void> =>
  act(
    () => request('POST', apiPath('incidents', number, 'acknowledge')),
    () => toast(ui.value.acknowledged(number)),
  );

/** The same of a major one. */
export const acknowledgeMajor = (number: number): Promise<void> =>
  act(
    () => request('POST', apiPath('majors', number, 'acknowledge')),
    () => toast(ui.value.acknowledged(number)),
  );

/** Lets an incident wait, until a time (milliseconds since 1970) or until somebody resumes it. */
export const hold = (number: number, why: string, until: number | undefined, done: () => void): Promise<void> =>
  act(
    () =>
      request('POST', apiPath('incidents', number, 'hold'), {
        why,
        ...(until !== undefined && { until: new Date(until).toISOString() }),
      }),
    () => {
      toast(ui.value.hold.isPut(number));
      done();
    },
  );

/** Goes on with an incident that is on hold. */
export const resume = (number: number, done: () => void): Promise<void> =>
  act(
    () => request('POST', apiPath('incidents', number, 'resume')),
    () => {
      toast(ui.value.hold.isResumed(number));
      done();
    },
  );

/** Begins work on an incident. */
export const start = (number: number, done: () => void): Promise<void> =>
  change(number, 'start', undefined, ui.value.takeOn.isStarted(number), done);

/** Gives an incident to somebody, or to nobody, at a level of support. */
export const assign = (
  number: number,
  to: { owner?: string; level: EscalationLevel },
  done: () => void,
): Promise<void> => change(number, 'assign', to, ui.value.takeOn.isAssigned(number), done);

/** Ends an incident in another one. */
export const merge = (number: number, into: number, done: () => void): Promise<void> =>
  change(number, 'merge', { into }, ui.value.regroup.isMerged(number, into), done);

/** Makes some of its alerts an incident of their own. */
export const split = (number: number, alerts: string[], done: () => void): Promise<void> =>
  change(number, 'split', { alerts }, ui.value.regroup.isSplit(number), done);

/** Opens an incident again. */
export const reopen = (number: number, why: string, done: () => void): Promise<void> =>
  change(number, 'reopen', why === '' ? {} : { why }, ui.value.reopen.isOpen(number), done);

const change = (
  number: number,
  does: string,
  body: object | undefined,
  told: string,
  done: () => void,
): Promise<void> =>
  act(
    () => request('POST', apiPath('incidents', number, does), body),
    () => {
      toast(told);
      done();
    },
  );

/** What has comments, as the API names it: single incidents, and major ones. */
export type Commented = 'incidents' | 'majors';

/** Adds a line to the incident's timeline, and says when it stands there. */
export const comment = (of: Commented, number: number, text: string, sent: () => void): Promise<void> =>
  act(
    () => request('POST', apiPath(of, number, 'comments'), { text }),
    () => {
      toast(ui.value.commentSent);
      sent();
    },
  );

/**
 * Does what needs a session: asks for one when there is none, and then goes on by itself. A refusal is told in passing,
 * unless `refused` tells it, and says so, where it belongs.
 */
export async function act<T>(
  does: () => Promise<T>,
  done: (answer: T) => void,
  refused: (error: ApiError) => boolean = () => false,
): Promise<void> {
  try {
    done(await does());
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 401) {
      person.value = undefined;
      signInAsked.value = { next: () => void act(does, done, refused) };
      return;
    }
    if (error instanceof ApiError && status >= 400 && status < 500 && refused(error)) return;
    toast(status >= 400 && status < 500 ? tellRefusal(error as ApiError) : ui.value.actionFailed, true);
  }
}

/** What the server says against it, with the first value that is wrong. */
const tellRefusal = ({ message, details: [first] }: ApiError): string =>
  first === undefined ? message : `${message} (${ui.value.pair(first.path, first.message)})`;
