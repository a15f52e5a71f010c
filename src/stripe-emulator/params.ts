import { z } from 'zod';

import { invalidParameter } from './api-error.ts';
import type { ApiError } from './api-error.ts';
import type { Form } from './form.ts';

/** Validate parameters by a strict schema; throws the first problem with Stripe's message and code. */
export function readParams<T extends z.ZodType>(schema: T, form: Form): z.output<T> {
  const result = schema.safeParse(form);
  if (result.success) return result.data;
  throw toApiError(result.error.issues[0]!, form);
}

function toApiError(issue: z.core.$ZodIssue, form: Form): ApiError {
  const [first, ...rest] = issue.path.map(String);
  const param = first === undefined ? '' : first + rest.map((name) => `[${name}]`).join('');
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys.map((key) => (param === '' ? key : `${param}[${key}]`));
    const noun = unknown.length === 1 ? 'parameter' : 'parameters';
    const message = `Received unknown ${noun}: ${unknown.join(', ')}`;
    return invalidParameter(message, { code: 'parameter_unknown', param: unknown[0]! });
  }
  if (issue.code === 'invalid_type' && valueAt(form, issue.path) === undefined) {
    return invalidParameter(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  if (issue.code === 'custom') {
    return invalidParameter(issue.message, { param, ...(issue.params as { code?: string } | undefined) });
  }
  return invalidParameter(`Invalid ${issue.code === 'invalid_type' ? issue.expected : 'value'}: ${param}`, {
    param,
  });
}

function valueAt(form: Form, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((node, name) => (node as Form | undefined)?.[String(name)], form);
}

type Context = { addIssue(issue: { code: 'custom'; message: string; params?: object }): void };

function reject(context: Context, message: string, code?: string): never {
  context.addIssue({ code: 'custom', message, ...(code === undefined ? {} : { params: { code } }) });
  return z.NEVER;
}

/** An integer of at least `minimum`. */
export const integerParam = (minimum = 0) =>
  z.string().transform((text, context) => {
    if (text === '') return reject(context, 'You passed an empty string.', 'parameter_invalid_empty');
    if (!/^-?\d{1,15}$/.test(text)) {
      return reject(context, `Invalid integer: ${text}`, 'parameter_invalid_integer');
    }
    if (Number(text) < minimum) {
      const message = `This value must be greater than or equal to ${minimum}.`;
      return reject(context, message, 'parameter_invalid_integer');
    }
    return Number(text);
  });

/** `true` or `false`. */
export const booleanParam = z.string().transform((text, context) => {
  if (text === 'true' || text === 'false') return text === 'true';
  return reject(context, `Invalid boolean: ${text}`);
});

/** A text that is not empty. */
export const nonEmptyText = z.string().transform((text, context) => {
  return text === '' ? reject(context, 'You passed an empty string.', 'parameter_invalid_empty') : text;
});

/** A text; the empty string clears it. */
export const clearableText = z.string().transform((text) => (text === '' ? null : text));

/** One of the given values. */
export const enumParam = <const T extends string>(...words: readonly T[]) =>
  z.string().transform((text, context) => {
    const word = words.find((candidate) => candidate === text);
    return word ?? reject(context, `Invalid value: must be one of ${words.join(', ')}`);
  });

/** A list of the given values, with or without indexes. */
export const enumList = <const T extends string>(...words: readonly T[]) =>
  z.record(z.string().regex(/^\d+$/), enumParam(...words)).transform((entries) => Object.values(entries));

/** A URL to redirect the browser to: a page or the custom scheme of an app, not a script. */
export const returnUrlParam = z.string().transform((text, context) => {
  const protocol = URL.parse(text)?.protocol;
  if (protocol === undefined || protocol === 'javascript:' || protocol === 'data:') {
    return reject(context, 'Not a valid URL', 'url_invalid');
  }
  return text;
});

/** A list of texts, with or without indexes. */
export const textList = z.record(z.string(), z.string()).transform((entries) => Object.values(entries));

/** Metadata to merge: an empty value removes its key, an empty string in place of the hash removes all keys. */
export const metadataParam = z
  .union([z.literal(''), z.record(z.string(), z.string())])
  .superRefine((entries, context) => {
    if (entries === '') return;
    if (Object.keys(entries).length > 50) {
      reject(context, 'Metadata can have up to 50 keys.');
    }
    for (const [key, value] of Object.entries(entries)) {
      if (key.length > 40) {
        reject(context, `Metadata keys must be under 40 characters; ${key} is too long.`);
      }
      if (value.length > 500) {
        const message = `Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters.`;
        reject(context, message, 'parameter_too_long');
      }
    }
  });

/** Merge metadata as `metadataParam` specifies. */
export function mergeMetadata(
  current: Record<string, string>,
  change: '' | Record<string, string> | undefined,
): Record<string, string> {
  if (change === '') return {};
  return Object.fromEntries(Object.entries({ ...current, ...change }).filter(([, value]) => value !== ''));
}

/** Parameters of every endpoint. */
export const commonParams = { expand: textList.optional() };

/** Parameters of every list. */
export const pagingParams = {
  ...commonParams,
  limit: z
    .string()
    .transform((text, context) => {
      if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 100) return Number(text);
      return reject(context, 'Invalid limit: must be between 1 and 100', 'parameter_invalid_integer');
    })
    .default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: z
    .union([
      integerParam().transform((created) => ({ gte: created, lte: created })),
      z.strictObject({
        gt: integerParam().optional(),
        gte: integerParam().optional(),
        lt: integerParam().optional(),
        lte: integerParam().optional(),
      }),
    ])
    .optional(),
};

/** Decoded `pagingParams`. */
export type Paging = z.output<z.ZodObject<typeof pagingParams>>;
