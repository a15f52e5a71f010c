import type { DateRangeInput } from '../../generated/graphql.ts';
import { badInput } from '../../platform/errors.ts';

/** Read a time range; null: open on that side. Throws BAD_USER_INPUT, named by the range's path, if it ends before it starts. */
export function readDateRange(
  range: DateRangeInput | null | undefined,
  path: string,
): { from: Date | null; before: Date | null } {
  const [from, before] = [range?.from ?? null, range?.before ?? null];
  if (from !== null && before !== null && from >= before) {
    throw badInput(`${path}.before`, 'must be later than `from`');
  }
  return { from, before };
}
