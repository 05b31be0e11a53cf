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

const RANKS = ['viewer', 'operator', 'admin'] as const;

/** Whether to offer what needs a role: to those who have it, and to those who may yet sign in. */
export const may = (role: Person['role']): boolean =>
  person.value === undefined || RANKS.indexOf(person.value.role) >= RANKS.indexOf(role);

/** Whether to ask for what only operators are told. */
export const isOperator = (): boolean => person.value !== undefined && person.value.role !== 'viewer';
