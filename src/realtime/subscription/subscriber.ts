import type { Viewer } from '../../platform/auth/viewer.ts';

/** A GraphQL operation as the client sent it. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** Client of a subscription: whom it acts for, and from where. */
export interface Subscriber {
  viewer: Viewer | null;
  address: string;
  /** Of waiting rooms, as the client presents them for the whole connection. */
  passes: readonly string[];
  /** Names the connection in logs and errors. */
  requestId: string;
}
