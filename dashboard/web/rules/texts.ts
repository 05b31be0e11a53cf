import { ApiError, apiPath, request } from '../api.ts';

const kept = new Map<number, Promise<string | undefined>>();

/** What a revision says; undefined where it is no longer kept. A revision never changes: it is asked for once. */
export function textOf(id: number): Promise<string | undefined> {
  const known = kept.get(id) ?? read(id);
  kept.set(id, known);
  known.catch(() => kept.delete(id));
  return known;
}

async function read(id: number): Promise<string | undefined> {
  try {
    return (await request<{ text: string }>('GET', apiPath('rules', 'revisions', id))).text;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
