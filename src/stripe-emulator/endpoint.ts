import { type z } from 'zod';

import { resourceMissing } from './api-error.ts';
import type { Call, EndpointResult } from './call.ts';
import { expand } from './expand.ts';
import type { Form } from './form.ts';
import { readParams } from './params.ts';
import type { Paging } from './params.ts';
import type { ListFilter, ObjectKinds, State } from './state.ts';

/** One method and path. Parameters are validated before the transaction in which the endpoint runs. */
export interface Endpoint {
  method: 'GET' | 'POST';
  url: string;
  /** Validate the parameters; returns the work. `id` is the one in the path, or empty. */
  prepare(form: Form): (call: Call, id: string) => EndpointResult;
  /** Id of the object that a request changes, if its path does not name it. */
  changes?(state: State, form: Form): string | undefined;
}

/** Define an endpoint by the schema of its parameters and its handler. */
export function endpoint<T extends z.ZodType<{ expand?: string[] | undefined }>>(
  method: Endpoint['method'],
  url: string,
  params: T,
  handle: (call: Call, params: z.output<T>, id: string) => EndpointResult,
): Endpoint {
  return {
    method,
    url,
    prepare(form) {
      const values = readParams(params, form);
      return (call, id) => {
        const reply = handle(call, values, id);
        return { ...reply, body: expand(call.state, reply.body, values.expand) };
      };
    },
  };
}

/** Find the object in the path, or throw a 404. */
export function requireObject<K extends keyof ObjectKinds>(
  call: Call,
  kind: K,
  id: string,
  param = 'id',
): ObjectKinds[K] {
  const found = call.state.find(kind, id);
  if (found === null) throw resourceMissing(kind, id, param, 404);
  return found;
}

/** Read a page of a list, in Stripe's shape. */
export function listOf<K extends keyof ObjectKinds>(
  call: Call,
  kind: K,
  url: string,
  paging: Paging,
  selection: Pick<ListFilter, 'parent' | 'types'> = {},
): EndpointResult {
  for (const param of ['starting_after', 'ending_before'] as const) {
    const id = paging[param];
    if (id !== undefined && call.state.find(kind, id) === null) throw resourceMissing(kind, id, param, 400);
  }
  // One more than the limit, for `has_more`.
  const found = call.state.list(kind, { ...paging, ...selection, limit: paging.limit + 1 });
  const has_more = found.length > paging.limit;
  const backwards = paging.ending_before !== undefined;
  const data = !has_more ? found : backwards ? found.slice(1) : found.slice(0, -1);
  return { body: { object: 'list', data, has_more, url } };
}
