import { CriticalityLevel, diff, DiffRule, type Change } from '@graphql-inspector/core';
import { getDirective, printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSchema, isObjectType, lexicographicSortSchema, type GraphQLSchema } from 'graphql';

import { SCHEMA_FILES } from '../../src/app/graphql/schema-files.ts';
import type { Finding } from './part.ts';
import { textOf, textsOf } from './tree.ts';

/** The schema as clients saw it at the last release; written by `npm run schema:release`. */
export const RELEASED = 'schema/released.graphql';

/** Print the schema of the working tree, sorted, so that moving a definition is no change. */
export function currentSchema(): string {
  const schema = buildSchema([...textsOf(SCHEMA_FILES).values()].join('\n'));
  return `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;
}

/** Compare the schema with the last release. */
export async function schemaIsCompatible(): Promise<Finding> {
  return compareSchemas(textOf(RELEASED), currentSchema(), textOf('CHANGELOG.md'));
}

/**
 * A breaking change fails unless a line of the changelog's unreleased section says `Breaking` and names its coordinate, as in
 * `Event.name`. A change of `@requires` counts as breaking, because it can lock viewers out. Dangerous changes (a new enum value, a new default) are noted; descriptions are ignored.
 */
export async function compareSchemas(released: string, current: string, changelog: string): Promise<Finding> {
  const [before, after] = [buildSchema(released), buildSchema(current)];
  const changes = await diff(before, after, [DiffRule.ignoreDescriptionChanges]);
  const ofLevel = (level: CriticalityLevel) =>
    changes.filter(({ criticality }) => criticality.level === level);
  const unreleased = unreleasedSection(changelog);
  const breaking = [
    ...ofLevel(CriticalityLevel.Breaking).map((change) => ({
      coordinate: coordinateOf(change),
      message: change.message,
    })),
    ...changedRoles(before, after),
  ];
  const unannounced = breaking.filter(({ coordinate }) => !announces(unreleased, coordinate));
  const dangerous = ofLevel(CriticalityLevel.Dangerous).map(({ message }) => message);
  return {
    problems:
      unannounced.length === 0
        ? null
        : [
            'Breaking changes without a line `Breaking: …` in the unreleased section of CHANGELOG.md:',
            ...unannounced.map(({ coordinate, message }) => `  ${coordinate}: ${message}`),
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

/** Fields whose `@requires` differs, of those that both schemas have. */
function changedRoles(before: GraphQLSchema, after: GraphQLSchema) {
  const [old, current] = [rolesByField(before), rolesByField(after)];
  return [...old].flatMap(([coordinate, roles]) =>
    current.has(coordinate) && current.get(coordinate) !== roles
      ? [{ coordinate, message: `@requires changed from ${roles} to ${current.get(coordinate)}` }]
      : [],
  );
}

function rolesByField(schema: GraphQLSchema): Map<string, string> {
  const roles = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const [rule] = getDirective(schema, field, 'requires') ?? getDirective(schema, type, 'requires') ?? [];
      roles.set(`${type.name}.${field.name}`, JSON.stringify(rule?.['roles'] ?? 'none'));
    }
  }
  return roles;
}

/** `Event.name` counts by itself, not as a part of `Event.nameOfVenue` or `PastEvent.name`. A line may be wrapped. */
function announces(text: string, coordinate: string): boolean {
  const name = new RegExp(String.raw`(?<![\w.])${RegExp.escape(coordinate)}(?!\w|\.\w)`);
  return text.split(/^(?=- )/m).some((entry) => /^- \W*breaking\b/i.test(entry) && name.test(entry));
}
