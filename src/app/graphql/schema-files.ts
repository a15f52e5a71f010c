/** Glob of the schema's sources, from the repository root: every file but `schema/released.graphql`, a copy of the last release. */
export const SCHEMA_FILES = 'schema/!(released).graphql';
