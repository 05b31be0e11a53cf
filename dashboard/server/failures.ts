import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StorageError } from '../ports.ts';
import { ApiError, ERRORS, type ErrorCode, errorBody, type Fault } from './errors.ts';
import { type Complaint, wordsOf } from './fault-words.ts';
import { preferredLocale } from './language.ts';

/** What fastify, its plugins and Node may refuse by themselves, in our codes. */
const CODE_OF_STATUS: Record<number, ErrorCode> = {
  400: 'bad-request',
  403: 'refused',
  404: 'not-found',
  408: 'request-timeout',
  413: 'too-large',
  414: 'address-too-long',
  415: 'not-json',
  416: 'wrong-range',
  429: 'too-many-requests',
  431: 'headers-too-large',
};

/** Our own fault, or our machine's. */
const LOGGED: ReadonlySet<ErrorCode> = new Set(['internal', 'cannot-keep', 'took-too-long']);

interface Failure {
  code: ErrorCode;
  faults: readonly Fault[];
}

/** Answers any error in the one shape; only what is our own fault is logged, and none of it is told. */
export function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, faults } = failureOf(error);
  const { status } = ERRORS[code];
  if (LOGGED.has(code)) {
    request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'request failed');
  }
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  if (error instanceof ApiError && error.retryAfterS !== undefined) reply.header('retry-after', error.retryAfterS);
  const locale = preferredLocale(request.headers['accept-language']);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(errorBody(code, locale, faults)));
}

function failureOf(error: unknown): Failure {
  if (error instanceof ApiError) return { code: error.code, faults: error.faults };
  if (error instanceof StorageError) return { code: 'cannot-keep', faults: [] };
  const { code, statusCode, validation, validationContext } = (error ?? {}) as {
    code?: string;
    statusCode?: number;
    validation?: readonly Complaint[];
    validationContext?: string;
  };
  if (validation !== undefined) {
    const part = validationContext === 'querystring' ? 'query' : (validationContext ?? 'request');
    return { code: 'invalid', faults: validation.map((complaint) => faultOf(part, complaint)) };
  }
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return { code: 'took-too-long', faults: [] };
  const isTheirs = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return { code: isTheirs ? (CODE_OF_STATUS[statusCode] ?? 'bad-request') : 'internal', faults: [] };
}

/** `/chains/0/stores/3` of the body reads `body.chains.0.stores.3`. */
const faultOf = (part: string, complaint: Complaint): Fault => ({
  path: `${part}${complaint.instancePath.replaceAll('/', '.')}`,
  message: wordsOf(complaint),
});

const CODE_OF_PARSER: Record<string, ErrorCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** Answers bytes that are not HTTP, in the same shape, and hangs up. */
export function answerGarbage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const code = CODE_OF_PARSER[error.code ?? ''] ?? 'bad-request';
  const body = JSON.stringify(errorBody(code, 'en'));
  socket.end(
    `HTTP/1.1 ${ERRORS[code].status} Refused\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
