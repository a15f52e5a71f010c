import { invalidRequest } from './api-error.ts';
import type { State } from './state.ts';

/** What stands behind an id that may be expanded. */
const KIND_OF_PREFIX = { pi: 'payment_intent', ch: 'charge', re: 'refund' } as const;

/** Put whole objects in the place of ids: `latest_charge`, `data.payment_intent`, … */
export function expand(state: State, body: object, paths: readonly string[] = []): object {
  return paths.reduce((whole, path) => expandPath(state, whole, path.split('.'), path) as object, body);
}

function expandPath(state: State, value: unknown, [name, ...rest]: string[], path: string): unknown {
  if (Array.isArray(value)) return value.map((item) => expandPath(state, item, [name!, ...rest], path));
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name!)) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  }
  const child = (value as Record<string, unknown>)[name!];
  if (child === null) return value; // an id that is not there has nothing to show
  const whole = typeof child === 'object' ? child : objectBehind(state, child, path);
  return { ...value, [name!]: rest.length === 0 ? whole : expandPath(state, whole, rest, path) };
}

function objectBehind(state: State, value: unknown, path: string): object {
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
