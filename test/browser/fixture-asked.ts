/** A request as the fixture's parts take it. */
export interface Asked {
  method: string;
  /** Below `/api/v1/`. */
  parts: readonly string[];
  query: URLSearchParams;
  language: string | undefined;
  body: unknown;
  by: string;
}

/** An answer as JSON with its status, or a text of another type; undefined: nothing here is asked. */
export type Answer = { status?: number; body?: unknown; text?: string; type?: string } | undefined;
