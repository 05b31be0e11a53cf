import { signal } from '@preact/signals';
import { apiPath, request } from '../api.ts';
import { picture, startLive } from './live.ts';

export interface Person {
  name: string;
  role: 'viewer' | 'operator' | 'admin';
}

/** Who is signed in, as far as we know. */
export const person = signal<Person | undefined>(undefined);

/** Whether the dialog is open, and what to do once signed in. */
export const signInAsked = signal<{ next?: () => void } | undefined>(undefined);

/** Asks the server who we are; not knowing is no fault. */
export async function recallSession(): Promise<void> {
  try {
    const { who } = await request<{ who: Person | null }>('GET', apiPath('session'));
    person.value = who ?? undefined;
  } catch {
    person.value = undefined;
  }
}

/** @throws ApiError when the token is not one of ours. */
export async function signIn(token: string): Promise<void> {
  await request('POST', apiPath('session'), { token });
  await recallSession();
  const { next } = signInAsked.peek() ?? {};
  signInAsked.value = undefined;
  if (picture.peek() === 'refused') {
    picture.value = 'waiting';
    await startLive();
  }
  next?.();
}

export async function signOut(): Promise<void> {
  await request('DELETE', apiPath('session'));
  person.value = undefined;
}
