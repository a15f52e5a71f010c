/**
 * Every code we close a WebSocket with; `docs/realtime-protocol.md` has a row for each, and a test compares the two.
 * Those from 4400 on are of `graphql-transport-ws` where it has one for the case.
 */
export const CLOSE_CODES = {
  /** Sent by `ws` itself: frames against RFC 6455, text that is no UTF-8, too many fragments, more than LIMIT_MESSAGE_BYTES. */
  PROTOCOL_ERROR: 1002,
  NOT_UTF_8: 1007,
  TOO_MANY_FRAGMENTS: 1008,
  MESSAGE_TOO_LARGE: 1009,
  SERVICE_RESTART: 1012,
  TRY_AGAIN_LATER: 1013,
  BAD_REQUEST: 4400,
  UNAUTHORIZED: 4401,
  FORBIDDEN: 4403,
  SUBPROTOCOL_NOT_ACCEPTABLE: 4406,
  INITIALISATION_TIMEOUT: 4408,
  SUBSCRIBER_ALREADY_EXISTS: 4409,
  TOO_SLOW: 4412,
  TOO_MANY_INITIALISATION_REQUESTS: 4429,
  /** Ours: not one that clients of the protocol give up for, so that they come back with a fresh token. */
  SESSION_ENDED: 4440,
  INTERNAL_SERVER_ERROR: 4500,
} as const;

/** A close frame has room for so many bytes of reason. */
const MAX_REASON_BYTES = 123;
const ELLIPSIS = '...';

/** Cut a reason to what a close frame has room for, between two characters: ours are ASCII, what clients chose is not. */
export function closeReason(reason: string): string {
  const bytes = Buffer.from(reason);
  if (bytes.length <= MAX_REASON_BYTES) return reason;
  return (
    new TextDecoder().decode(bytes.subarray(0, MAX_REASON_BYTES - ELLIPSIS.length), { stream: true }) +
    ELLIPSIS
  );
}
