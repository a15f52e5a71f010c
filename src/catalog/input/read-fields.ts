import type { z } from 'zod';

import type { FieldProblem } from '../../generated/graphql.ts';

/** The rules of something an organiser describes: fields it cannot be without, and fields that null clears. */
export interface FieldRules {
  required: Record<string, z.ZodType>;
  optional: Record<string, z.ZodType>;
}

type Values<Rules extends Record<string, z.ZodType>> = { [Name in keyof Rules]: z.output<Rules[Name]> };
type Clearable<Rules extends Record<string, z.ZodType>> = {
  [Name in keyof Rules]?: z.output<Rules[Name]> | null;
};

/** All there is to something new. */
type NewFields<Rules extends FieldRules> = Values<Rules['required']> & Clearable<Rules['optional']>;

/** What is to change: only what was given is there; null clears. */
export type FieldChanges<Rules extends FieldRules> = Partial<Values<Rules['required']>> &
  Clearable<Rules['optional']>;

/** What was read of an input: the fields that are right, and one problem for each that is not. */
export interface ReadFields<Rules extends FieldRules> {
  fields: FieldChanges<Rules>;
  problems: FieldProblem[];
}

/** Read the fields of something new; those that are needed and missing are problems, too. */
export const readNewFields = <Rules extends FieldRules>(rules: Rules, given: object, path: string[]) =>
  read(rules, given, path, 'is needed');

/** Read changes: what is left out stays as it was. */
export const readChanges = <Rules extends FieldRules>(rules: Rules, given: object, path: string[]) =>
  read(rules, given, path, null);

/** Tell whether nothing was wrong with the fields of something new, so that all that are needed are there. */
export const isComplete = <Rules extends FieldRules>(
  _fields: FieldChanges<Rules>,
  problems: readonly FieldProblem[],
): _fields is NewFields<Rules> => problems.length === 0;

function read<Rules extends FieldRules>(
  rules: Rules,
  given: object,
  path: string[],
  missing: string | null,
): ReadFields<Rules> {
  const values = given as Record<string, unknown>;
  const fields: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  for (const [name, rule] of Object.entries({ ...rules.required, ...rules.optional })) {
    const value = values[name];
    const isRequired = name in rules.required;
    if (value === undefined || value === null) {
      const problem = !isRequired ? null : value === null && missing === null ? 'cannot be null' : missing;
      if (problem !== null) problems.push({ path: [...path, name], message: problem });
      else if (value === null) fields[name] = null;
      continue;
    }
    const result = rule.safeParse(value);
    if (result.success) fields[name] = result.data;
    for (const issue of result.error?.issues ?? []) {
      problems.push({ path: [...path, name, ...issue.path.map(String)], message: issue.message });
    }
  }
  return { fields: fields as FieldChanges<Rules>, problems };
}
