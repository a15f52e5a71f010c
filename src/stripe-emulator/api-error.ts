import type { ResponseMode } from './cards.ts';

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
 * An error response in Stripe's shape.
 *
 * `replayable`: whether an idempotency key replays it. Like Stripe, the emulator does not store errors from before the endpoint
 * runs (authentication, malformed parameters).
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly body: ErrorBody;
  readonly replayable: boolean;
  /** Response mode of the declined card. */
  readonly responseMode: ResponseMode | undefined;

  constructor(
    status: number,
    body: ErrorBody,
    {
      replayable = true,
      responseMode,
    }: { replayable?: boolean; responseMode?: ResponseMode | undefined } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = { ...body, ...(body.code === undefined ? {} : { doc_url: docUrl(body.code) }) };
    this.replayable = replayable;
    this.responseMode = responseMode;
  }
}

/** Error of a valid request that cannot be executed (400, replayable). */
export function invalidRequest(message: string, details: Partial<ErrorBody> = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...details });
}

/** Error of an invalid parameter (400, not replayable). */
export function invalidParameter(message: string, details: Partial<ErrorBody> = {}): ApiError {
  return new ApiError(400, { type: 'invalid_request_error', message, ...details }, { replayable: false });
}

/** Error of an unknown id: 404 in the path, 400 in a parameter. */
export function resourceMissing(kind: string, id: string, param: string, status: 400 | 404): ApiError {
  return new ApiError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** Error of a request for an object that another request is changing (429, not replayable). */
export function lockTimeout(): ApiError {
  return new ApiError(
    429,
    {
      type: 'invalid_request_error',
      code: 'lock_timeout',
      message:
        'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate.',
    },
    { replayable: false },
  );
}

/** Injected server error (500). */
export function serverError(): ApiError {
  return new ApiError(500, {
    type: 'api_error',
    message: 'An unknown error occurred. It was injected by the Stripe emulator.',
  });
}

/** URL of Stripe's page about an error code. */
export function docUrl(code: string): string {
  return `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;
}
