/**
 * Close codes of the server's WebSockets; a test compares them with the table in `docs/realtime-protocol.md`. Codes from 4400
 * on are those of `graphql-transport-ws` where it defines one.
 */
export const CLOSE_CODES = {
  /** The first four are sent by `ws`: frames that violate RFC 6455, invalid UTF-8, too many fragments, LIMIT_MESSAGE_BYTES. */
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
  /** `connection_init` twice, or more than LIMIT_MESSAGES_PER_MINUTE. */
  TOO_MANY_REQUESTS: 4429,
  /** Outside the protocol: clients of it reconnect after unknown codes, and do so with a fresh token. */
  SESSION_ENDED: 4440,
  INTERNAL_SERVER_ERROR: 4500,
} as const;

/** A control frame carries 125 bytes (RFC 6455, 5.5), of which the code takes two. */
const MAX_REASON_BYTES = 123;
const ELLIPSIS = '...';

/** Truncate a reason to what fits a close frame, at a character boundary: ids chosen by clients may not be ASCII. */
export function closeReason(reason: string): string {
  const bytes = Buffer.from(reason);
  if (bytes.length <= MAX_REASON_BYTES) return reason;
  return (
    new TextDecoder().decode(bytes.subarray(0, MAX_REASON_BYTES - ELLIPSIS.length), { stream: true }) +
    ELLIPSIS
  );
}
