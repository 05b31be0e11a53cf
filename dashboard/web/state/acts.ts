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

/** Adds a line to the incident's timeline, and says when it stands there. */
export const comment = (number: number, text: string, sent: () => void): Promise<void> =>
  act(
    () => request('POST', apiPath('incidents', number, 'comments'), { text }),
    () => {
      toast(ui.value.commentSent);
      sent();
    },
  );

/** Does what needs a session: asks for one when there is none, and then goes on by itself. */
async function act(does: () => Promise<unknown>, done: () => void): Promise<void> {
  try {
    await does();
    done();
  } catch (error) {
    const status = error instanceof ApiError ? error.status : 0;
    if (status === 401) {
      person.value = undefined;
      signInAsked.value = { next: () => void act(does, done) };
      return;
    }
    const words = ui.value;
    toast(status === 403 ? words.forbidden : status === 409 ? words.alreadyResolved : words.actionFailed, true);
  }
}
