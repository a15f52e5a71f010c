import { CriticalityLevel, diff, DiffRule, type Change } from '@graphql-inspector/core';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';

import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import type { Finding } from './part.ts';
import { textOf, textsOf } from './tree.ts';

/** The schema as clients saw it at the last release; written by `npm run schema:release`. */
export const RELEASED = 'schema/released.graphql';

/** Print the schema of the working tree, sorted, so that moving a definition is no change. */
export function currentSchema(): string {
  const schema = buildSchema([...textsOf(SCHEMA_FILES).values()].join('\n'));
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Compare the schema with the last release. */
export async function schemaIsCompatible(): Promise<Finding> {
  return compareSchemas(textOf(RELEASED), currentSchema(), textOf('CHANGELOG.md'));
}

/**
 * A breaking change fails unless a line of the changelog's unreleased section names its coordinate, as in `Event.name`.
 * Dangerous changes (a new enum value, a new default) are noted; descriptions are ignored.
 */
export async function compareSchemas(released: string, current: string, changelog: string): Promise<Finding> {
  const changes = await diff(buildSchema(released), buildSchema(current), [
    DiffRule.ignoreDescriptionChanges,
  ]);
  const ofLevel = (level: CriticalityLevel) =>
    changes.filter(({ criticality }) => criticality.level === level);
  const unreleased = unreleasedSection(changelog);
  const unannounced = ofLevel(CriticalityLevel.Breaking).filter(
    (change) => !names(unreleased, coordinateOf(change)),
  );
  const dangerous = ofLevel(CriticalityLevel.Dangerous).map(({ message }) => message);
  return {
    problems:
      unannounced.length === 0
        ? null
        : [
            'Breaking changes that the unreleased section of CHANGELOG.md does not name:',
            ...unannounced.map((change) => `  ${coordinateOf(change)}: ${change.message}`),
          ].join('\n'),
    ...(dangerous.length > 0 && {
      note: `dangerous changes:\n${dangerous.map((line) => `  ${line}`).join('\n')}`,
    }),
  };
}

function coordinateOf({ path }: Change): string {
  return path ?? 'schema'; // a change of the root operation types has no path
}

function unreleasedSection(changelog: string): string {
  const sections = changelog.split(/^(?=## )/m);
  return sections.find((section) => /^## .*unreleased/i.test(section)) ?? '';
}

/** `Event.name` is named by itself, not as a part of `Event.nameOfVenue` or `PastEvent.name`. */
function names(text: string, coordinate: string): boolean {
  return new RegExp(String.raw`(?<![\w.])${RegExp.escape(coordinate)}(?!\w|\.\w)`).test(text);
}
