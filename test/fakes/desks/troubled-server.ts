/** What can go wrong at one request. */
export const TROUBLES = [
  /** The request is carried out; its answer is lost. */
  'drop-reply',
  /** The answer breaks off in the middle. */
  'half-reply',
  /** Nothing is done; a sleeping instance shows a web page, and says 200. */
  'web-page',
  'too-many',
  'too-many-for-a-while',
  'broken',
  /** Never answers. */
  'hang',
  /** It is taken, and said to be; it is carried out when the next request comes. Of what only asks, nothing. */
  'asynchronous',
  /** A search does not show yet what was opened last. */
  'lag',
  /** The parts of a query it does not understand are dropped: every ticket fits. */
  'ignore-query',
  /** Whoever is signed in is not any more. */
  'expire-session',
  /** A batch is carried out in part. */
  'partial',
  /** The state asked for is not reached from here. */
  'refuse-transition',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Seconds a desk asks for that has had too many requests for a while. */
export const RETRY_AFTER_S = 30;

/** A server in memory, behind the `fetch` of its connector. What every server does alike when it is in trouble is done here. */
export abstract class TroubledServer {
  /** What goes wrong, by the number of the request, the first being 0. */
  readonly troubles = new Map<number, Trouble>();
  requests = 0;
  readonly #taken: Request[] = [];
  /** Called where a request hangs: whoever waits may break it off without waiting. */
  giveUp = (): void => {};

  /** Carries out what it has taken. */
  async catchUp(): Promise<void> {
    for (const request of this.#taken.splice(0)) await this.answer(request, new URL(request.url), undefined);
  }

  protected abstract answer(request: Request, url: URL, trouble: Trouble | undefined): Promise<Response> | Response;

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input as string, init);
    await this.catchUp();
    const trouble = this.troubles.get(this.requests++);
    switch (trouble) {
      case 'web-page':
        return new Response('<!DOCTYPE html><html><body>Your instance is hibernating</body></html>');
      case 'too-many':
        return new Response('{}', { status: 429 });
      case 'too-many-for-a-while':
        return new Response('{}', { status: 429, headers: { 'retry-after': `${RETRY_AFTER_S}` } });
      case 'broken':
        return new Response('Internal Server Error', { status: 500 });
      case 'hang':
        return new Promise((_, reject) => {
          const { signal } = request;
          if (signal.aborted) reject(signal.reason);
          signal.addEventListener('abort', () => reject(signal.reason));
          this.giveUp();
        });
    }
    if (trouble === 'asynchronous' && request.method !== 'GET') {
      this.#taken.push(request);
      return Response.json({}, { status: 202 });
    }
    const answer = await this.answer(request, new URL(request.url), trouble);
    if (trouble === 'drop-reply') throw lost();
    if (trouble === 'half-reply') return halfOf(answer);
    return answer;
  };
}

const lost = () => new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) });

async function halfOf(answer: Response): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer());
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(whole.subarray(0, whole.length / 2));
      controller.error(lost());
    },
  });
  const { status, headers } = answer;
  return new Response(status === 204 ? null : body, { status, headers });
}
