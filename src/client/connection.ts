import type { ResultMessage } from './messages.ts';

/** One attempt to follow. */
export interface ConnectionAttempt {
  /** Where the API is, e.g. `https://tickets.example.org`. */
  url: string;
  query: string;
  variables: Record<string, unknown>;
  token: string | null;
  /** Hears every result, in order. */
  onResult(result: ResultMessage): void;
  /** Ends the attempt. */
  signal: AbortSignal;
  /** How long the line may be silent before it is taken for dead. */
  silenceMs: number;
  webSocket: typeof WebSocket;
  fetch: typeof fetch;
}

/** Follows until the connection ends; resolves if that was asked for, else throws FollowRefused or ConnectionLost. */
export type Connect = (attempt: ConnectionAttempt) => Promise<void>;
