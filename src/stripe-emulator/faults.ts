import type { ServerResponse } from 'node:http';

import { ApiError } from './api-error.ts';

/** A fault for the next requests to a path. */
export interface Fault {
  /** Pattern of the endpoint (`/v1/payment_intents/:id/confirm`) or actual path; `*`: any. */
  path: string;
  method?: 'GET' | 'POST' | undefined;
  /** Number of requests that fail. */
  times: number;
  /** Before the endpoint runs, or after its commit and before the response. */
  when: 'before' | 'after';
  /**
   * error: respond with `status` and `code`; drop: close the connection; delay: continue after `delayMs`; hold: continue once
   * released. The SDK retries a dropped request once, even with `maxNetworkRetries: 0`.
   */
  kind: 'error' | 'drop' | 'delay' | 'hold';
  status?: number | undefined;
  code?: string | undefined;
  /** error: whether the idempotency key replays it, like an error from inside the endpoint. Only with `when: 'before'`. */
  stored?: boolean | undefined;
  delayMs?: number | undefined;
}

/** A request whose response is held. */
export interface StalledRequest {
  id: string;
  method: string;
  path: string;
}

/** Continue, stop because the client disconnected, or respond with an error. */
type FaultResult = 'continue' | 'disconnected' | ApiError;

/** A request, as faults match it. */
export interface RequestInfo {
  id: string;
  method: string;
  /** The endpoint's pattern, and the path as it was called. */
  pattern: string;
  path: string;
  response: ServerResponse;
}

/** Injects the faults that the control API adds. */
export interface FaultInjector {
  readonly faults: Fault[];
  readonly stalled: StalledRequest[];
  /** Apply the first matching fault. */
  inject(when: Fault['when'], info: RequestInfo): Promise<FaultResult>;
  /** Hold a request until it is released, or its client disconnects. */
  stall(info: RequestInfo): Promise<'continue' | 'disconnected'>;
  /** Release one stalled request, or all; returns how many. */
  release(id?: string): number;
}

/** Open an injector without faults. */
export function openFaultInjector(): FaultInjector {
  const faults: Fault[] = [];
  const releases = new Map<StalledRequest, () => void>();

  const injector: FaultInjector = {
    faults,
    get stalled() {
      return [...releases.keys()];
    },
    async inject(when, info) {
      const fault = faults.find((fault) => fault.when === when && matches(fault, info));
      if (fault === undefined) return 'continue';
      if (--fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
      switch (fault.kind) {
        case 'error':
          return errorOf(fault);
        case 'drop':
          info.response.destroy();
          return 'disconnected';
        case 'delay':
          return pause(info, (resume) => setTimeout(resume, fault.delayMs ?? 0));
        case 'hold':
          return injector.stall(info);
      }
    },
    async stall(info) {
      const request = { id: info.id, method: info.method, path: info.path };
      const result = await pause(info, (resume) => releases.set(request, resume));
      releases.delete(request);
      return result;
    },
    release(id) {
      const released = [...releases].filter(([request]) => id === undefined || request.id === id);
      for (const [, resume] of released) resume();
      return released.length;
    },
  };
  return injector;
}

/** Wait for `resume`, or for the client to disconnect. */
async function pause(
  { response }: RequestInfo,
  arm: (resume: () => void) => void,
): Promise<'continue' | 'disconnected'> {
  if (response.closed || response.destroyed) return 'disconnected';
  const { promise, resolve } = Promise.withResolvers<'continue' | 'disconnected'>();
  const disconnected = () => resolve('disconnected');
  response.once('close', disconnected);
  arm(() => resolve('continue'));
  const result = await promise;
  response.off('close', disconnected);
  return result;
}

function matches({ path, method, times }: Fault, info: RequestInfo): boolean {
  if (times <= 0 || (method !== undefined && method !== info.method)) return false;
  return path === '*' || path === info.pattern || path === info.path;
}

function errorOf({ status = 500, code, stored = false }: Fault): ApiError {
  const message = 'An error injected by the Stripe emulator.';
  const type = status >= 500 ? 'api_error' : 'invalid_request_error';
  return new ApiError(
    status,
    { type, message, ...(code === undefined ? {} : { code }) },
    { replayable: stored },
  );
}
