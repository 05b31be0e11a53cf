const LONGEST = 200;

/** What went wrong, on one short line: the code where there is one, and never the credentials of an address. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message || (errorCode(error) ?? error.name) : String(error);
  const firstLine = message.split('\n', 1)[0] ?? '';
  return redactUrls(firstLine).slice(0, LONGEST);
}

/** Takes user and password out of every address in a text. */
export const redactUrls = (text: string): string => text.replace(/\/\/[^\s/@]+@/g, '//');

/** The system's code of an error (`ECONNREFUSED`, …), also where it is wrapped or one of several. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if ('cause' in error && error.cause !== undefined) return errorCode(error.cause);
  if ('errors' in error && Array.isArray(error.errors)) return errorCode(error.errors[0]);
  return undefined;
}
