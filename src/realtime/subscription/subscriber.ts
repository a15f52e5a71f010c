import type { Viewer } from '../../platform/auth/viewer.ts';

/** A GraphQL operation as the client sent it. */
export interface OperationRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

export interface Subscriber {
  viewer: Viewer | null;
  address: string;
  /** Names the connection in logs and errors. */
  requestId: string;
}
