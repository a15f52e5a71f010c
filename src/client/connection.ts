import type { ResultMessage } from './messages.ts';

/** One connection attempt for one subscription. */
export interface ConnectionAttempt {
  /** Base URL of the API, e.g. `https://tickets.example.org`. */
  url: string;
  query: string;
  variables: Record<string, unknown>;
  token: string | null;
  /** Called with every result, in order. */
  onResult(result: ResultMessage): void;
  /** Aborts the attempt. */
  signal: AbortSignal;
  /** Heartbeat timeout: how long the connection may be silent before it counts as lost. */
  silenceMs: number;
  webSocket: typeof WebSocket;
  fetch: typeof fetch;
}

/** Subscribe until the connection ends: resolves if it was aborted, otherwise throws FollowRefused or ConnectionLost. */
export type Connect = (attempt: ConnectionAttempt) => Promise<void>;
