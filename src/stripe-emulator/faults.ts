import type { ServerResponse } from 'node:http';

import { ApiError } from './api-error.ts';

/** Something to go wrong with the next requests to a path. */
export interface Fault {
  /** As the endpoint is written (`/v1/payment_intents/:id/confirm`) or as it was called; `*`: any. */
  path: string;
  method?: 'GET' | 'POST' | undefined;
  /** How many requests meet it. */
  times: number;
  /** Before the work is done, or after it was done and before the answer goes out. */
  when: 'before' | 'after';
  /**
   * error: answer with `status` and `code`; drop: hang up; delay: go on after `delayMs`; hold: go on once released.
   * The SDK tries a dropped request again once, whatever its settings.
   */
  kind: 'error' | 'drop' | 'delay' | 'hold';
  status?: number | undefined;
  code?: string | undefined;
  delayMs?: number | undefined;
}

/** A request whose answer is kept. */
export interface StalledRequest {
  id: string;
  method: string;
  path: string;
}

/** What to do with a request that met trouble: carry on, forget it for its client is gone, or refuse it. */
type Verdict = 'go-on' | 'gone' | ApiError;

/** One request, as trouble sees it. */
export interface Traffic {
  id: string;
  method: string;
  /** The endpoint's pattern, and the path as it was called. */
  pattern: string;
  path: string;
  response: ServerResponse;
}

/** Makes requests go wrong when it was told to. */
export interface FaultInjector {
  readonly faults: Fault[];
  readonly stalled: StalledRequest[];
  /** Meet the faults waiting for this request. */
  meet(when: Fault['when'], traffic: Traffic): Promise<Verdict>;
  /** Keep a request until it is released, or its client hangs up. */
  stall(traffic: Traffic): Promise<'go-on' | 'gone'>;
  /** Let one stalled request go on, or all of them; returns how many. */
  release(id?: string): number;
}

/** Begin without any trouble. */
export function openFaultInjector(): FaultInjector {
  const faults: Fault[] = [];
  const releases = new Map<StalledRequest, () => void>();

  const trouble: FaultInjector = {
    faults,
    get stalled() {
      return [...releases.keys()];
    },
    async meet(when, traffic) {
      const fault = faults.find((candidate) => candidate.when === when && concerns(candidate, traffic));
      if (fault === undefined) return 'go-on';
      if (--fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
      switch (fault.kind) {
        case 'error':
          return refusal(fault);
        case 'drop':
          traffic.response.destroy();
          return 'gone';
        case 'delay':
          return pause(traffic, (goOn) => setTimeout(goOn, fault.delayMs ?? 0));
        case 'hold':
          return trouble.stall(traffic);
      }
    },
    async stall(traffic) {
      const request = { id: traffic.id, method: traffic.method, path: traffic.path };
      const verdict = await pause(traffic, (goOn) => releases.set(request, goOn));
      releases.delete(request);
      return verdict;
    },
    release(id) {
      const released = [...releases].filter(([request]) => id === undefined || request.id === id);
      for (const [, goOn] of released) goOn();
      return released.length;
    },
  };
  return trouble;
}

/** Wait to be told to go on, or for the client to hang up. */
async function pause({ response }: Traffic, arm: (goOn: () => void) => void): Promise<'go-on' | 'gone'> {
  if (response.closed || response.destroyed) return 'gone';
  const { promise, resolve } = Promise.withResolvers<'go-on' | 'gone'>();
  const hungUp = () => resolve('gone');
  response.once('close', hungUp);
  arm(() => resolve('go-on'));
  const verdict = await promise;
  response.off('close', hungUp);
  return verdict;
}

function concerns({ path, method, times }: Fault, traffic: Traffic): boolean {
  if (times <= 0 || (method !== undefined && method !== traffic.method)) return false;
  return path === '*' || path === traffic.pattern || path === traffic.path;
}

function refusal({ status = 500, code }: Fault): ApiError {
  const message = 'An error made on purpose by the Stripe emulator.';
  const type = status >= 500 ? 'api_error' : 'invalid_request_error';
  return new ApiError(
    status,
    { type, message, ...(code === undefined ? {} : { code }) },
    { remembered: false },
  );
}
