import type { AnswerManner } from './cards.ts';

/** The fields of Stripe's `error` object that the emulator sends. */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  message: string;
  code?: string;
  decline_code?: string;
  doc_url?: string;
  param?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
}

/**
 * A refusal in Stripe's shape; whoever throws it decides the HTTP status too.
 *
 * `remembered`: whether an idempotency key replays it. Stripe forgets what it refused before the
 * endpoint began (authentication, malformed parameters), and so do we.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: ErrorBody;
  readonly remembered: boolean;
  /** How the answer travels, when the card that was refused asks for something unusual. */
  readonly manner: AnswerManner | undefined;

  constructor(
    status: number,
    body: ErrorBody,
    { remembered = true, manner }: { remembered?: boolean; manner?: AnswerManner | undefined } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = { ...body, ...(body.code === undefined ? {} : { doc_url: docUrl(body.code) }) };
    this.remembered = remembered;
    this.manner = manner;
  }
}

/** Refuse a request that was understood but cannot be done. */
export function invalidRequest(message: string, details: Partial<ErrorBody> = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...details });
}

/** Refuse a parameter, before anything was begun. */
export function invalidParameter(message: string, details: Partial<ErrorBody> = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...details }, { remembered: false });
}

/** Refuse an id that nothing is stored under: 404 when it is in the path, 400 when it is a parameter. */
export function resourceMissing(kind: string, id: string, param: string, status: 400 | 404): ApiError {
  return new ApiError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** Answer that the server broke; the SDK does not retry it, for the key would only replay it. */
export function serverError(): ApiError {
  return new ApiError(500, {
    type: 'api_error',
    message: 'An unknown error occurred. This one was made on purpose by the Stripe emulator.',
  });
}

/** The address of Stripe's page about an error code. */
export function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;
}
