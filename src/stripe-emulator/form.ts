import { invalidParameter } from './api-error.ts';

/** A decoded body or query: strings and nested hashes, as in Stripe's form encoding. */
export interface Form {
  [key: string]: string | Form;
}

/** Deeper than any parameter of Stripe; limits hostile bodies. */
const MAX_DEPTH = 10;

/**
 * Decode `a=1&b[c]=2&d[]=3&e[0][f]=4`. Lists stay hashes with numeric keys: only the schema of a parameter distinguishes a list
 * from a hash such as `metadata[0]`. Objects have no prototype, so that `__proto__` is an ordinary key.
 */
export function decodeForm(text: string): Form {
  const form = emptyForm();
  for (const [key, value] of new URLSearchParams(text)) {
    const path = keyPath(key);
    const last = path.pop()!;
    let node = form;
    for (const name of path) node = descend(node, name, key);
    const name = last === '' ? nextIndex(node) : last;
    if (typeof node[name] === 'object') throw invalidParameter(`Invalid hash: ${key}`, { param: key });
    node[name] = value;
  }
  return form;
}

function descend(node: Form, name: string, key: string): Form {
  const child = (node[name === '' ? nextIndex(node) : name] ??= emptyForm());
  if (typeof child === 'string') throw invalidParameter(`Invalid hash: ${key}`, { param: key });
  return child;
}

function keyPath(key: string): string[] {
  const [, first, rest] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key) ?? [];
  if (first === undefined || rest === undefined) {
    throw invalidParameter(`Invalid parameter name: ${key}`, { param: key });
  }
  const path = [first, ...rest.split(/\]\[|[[\]]/).slice(1, -1)];
  if (path.length > MAX_DEPTH) throw invalidParameter(`Parameter nested too deeply: ${key}`, { param: key });
  return path;
}

const nextIndex = (node: Form): string => String(Object.keys(node).length);
const emptyForm = (): Form => Object.create(null) as Form;
