import { invalidRequest } from './api-error.ts';
import type { State } from './state.ts';

/** Kind of the object by the prefix of its id. */
const KIND_OF_PREFIX = { pi: 'payment_intent', ch: 'charge', re: 'refund', du: 'dispute' } as const;

/** Replace ids by their objects: `latest_charge`, `data.payment_intent`, … */
export function expand(state: State, body: object, paths: readonly string[] = []): object {
  return paths.reduce((expanded, path) => expandPath(state, expanded, path.split('.'), path) as object, body);
}

function expandPath(state: State, value: unknown, [name, ...rest]: string[], path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => expandPath(state, item, [name!, ...rest], path));
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name!)) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  }
  const child = (value as Record<string, unknown>)[name!];
  if (child === null) return value; // nothing to expand
  const expanded = typeof child === 'object' ? child : findObject(state, child, path);
  return { ...value, [name!]: rest.length === 0 ? expanded : expandPath(state, expanded, rest, path) };
}

function findObject(state: State, value: unknown, path: string): object {
  const id = typeof value === 'string' ? value : '';
  const prefix = id.split('_')[0]!;
  const found =
    prefix === 'pm'
      ? state.find('payment_method', id)?.object
      : prefix in KIND_OF_PREFIX
        ? state.find(KIND_OF_PREFIX[prefix as keyof typeof KIND_OF_PREFIX], id)
        : null;
  if (found) return found;
  throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
}
