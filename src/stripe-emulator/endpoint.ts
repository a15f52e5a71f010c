import { type z } from 'zod';

import { resourceMissing } from './api-error.ts';
import type { Call, Reply } from './call.ts';
import { expand } from './expand.ts';
import type { Form } from './form.ts';
import { readParams } from './params.ts';
import type { Paging } from './params.ts';
import type { Kinds, Selection } from './state.ts';

/** One method on one path: it reads its parameters before the work begins, and the work is one transaction. */
export interface Endpoint {
  method: 'GET' | 'POST';
  url: string;
  /** Read the parameters, and return the work. `id` is the one in the path, or empty. */
  prepare(form: Form): (call: Call, id: string) => Reply;
}

/** Describe an endpoint: its parameters, and what it does with them. */
export function endpoint<T extends z.ZodType<{ expand?: string[] | undefined }>>(
  method: Endpoint['method'],
  url: string,
  params: T,
  act: (call: Call, params: z.output<T>, id: string) => Reply,
): Endpoint {
  return {
    method,
    url,
    prepare(form) {
      const values = readParams(params, form);
      return (call, id) => {
        const reply = act(call, values, id);
        return { ...reply, body: expand(call.state, reply.body, values.expand) };
      };
    },
  };
}

/** Find the object the path names, or answer 404. */
export function requireObject<K extends keyof Kinds>(
  call: Call,
  kind: K,
  id: string,
  param = 'id',
): Kinds[K] {
  const found = call.state.find(kind, id);
  if (found === null) throw resourceMissing(kind, id, param, 404);
  return found;
}

/** Answer a page of a list in Stripe's shape. */
export function listOf<K extends keyof Kinds>(
  call: Call,
  kind: K,
  url: string,
  paging: Paging,
  selection: Pick<Selection, 'parent' | 'types'> = {},
): Reply {
  for (const param of ['starting_after', 'ending_before'] as const) {
    const id = paging[param];
    if (id !== undefined && call.state.find(kind, id) === null) throw resourceMissing(kind, id, param, 400);
  }
  // One more than asked for, to know whether there are more.
  const found = call.state.list(kind, { ...paging, ...selection, limit: paging.limit + 1 });
  const has_more = found.length > paging.limit;
  const backwards = paging.ending_before !== undefined;
  const data = !has_more ? found : backwards ? found.slice(1) : found.slice(0, -1);
  return { body: { object: 'list', data, has_more, url } };
}
