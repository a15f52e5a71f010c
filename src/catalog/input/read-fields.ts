import type { z } from 'zod';

import type { FieldProblem } from '../../generated/graphql.ts';

/** Input rules by field. Null clears an optional field and is invalid for a required one. */
export interface FieldRules {
  required: Record<string, z.ZodType>;
  optional: Record<string, z.ZodType>;
}

type Values<Rules extends Record<string, z.ZodType>> = { [Name in keyof Rules]: z.output<Rules[Name]> };
type Clearable<Rules extends Record<string, z.ZodType>> = {
  [Name in keyof Rules]?: z.output<Rules[Name]> | null;
};

/** Fields of a new row: all required ones are present. */
type NewFields<Rules extends FieldRules> = Values<Rules['required']> & Clearable<Rules['optional']>;

/** Fields of an update: only those that were given; null clears. */
export type FieldChanges<Rules extends FieldRules> = Partial<Values<Rules['required']>> &
  Clearable<Rules['optional']>;

/** Result of reading an input: valid fields, and the problems of the others. */
export interface ReadFields<Rules extends FieldRules> {
  fields: FieldChanges<Rules>;
  problems: FieldProblem[];
}

/** Read the fields of a new row; missing required fields are problems. */
export const readNewFields = <Rules extends FieldRules>(rules: Rules, given: object, path: string[]) =>
  read(rules, given, path, 'is required');

/** Read the fields of an update; absent fields remain unchanged. */
export const readChanges = <Rules extends FieldRules>(rules: Rules, given: object, path: string[]) =>
  read(rules, given, path, null);

/** Whether there are no problems, hence all required fields are present. */
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
