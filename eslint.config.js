import graphql from '@graphql-eslint/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { SCHEMA_FILES } from './src/app/graphql/schema-files.ts';

/** Reads of `process.env`, also through an import of `env`. */
const noEnvironment = {
  'no-restricted-properties': [
    'error',
    {
      object: 'process',
      property: 'env',
      message: 'Only src/platform/config/settings.ts reads the environment.',
    },
  ],
  'no-restricted-imports': [
    'error',
    ...['process', 'node:process'].map((name) => ({
      name,
      importNames: ['env'],
      message: 'Only src/platform/config/settings.ts reads the environment.',
    })),
    {
      name: 'drizzle-orm',
      importNames: ['relations', 'defineRelations'],
      message: 'No relational queries: statements must stay searchable (docs/decisions/0004).',
    },
  ],
};

/** Syntax that Node cannot strip, and syntax that hides a dependency. */
const ERASABLE = [
  { selector: 'Decorator', message: 'No decorators: Node strips types only.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
  { selector: 'TSParameterProperty', message: 'Declare the property and assign it.' },
  { selector: 'TSModuleDeclaration:not([declare=true])', message: 'No namespaces: a file is a module.' },
];

/** Work on text whose cost strangers choose: each has one place that bounds it. */
const BOUNDED_TEXT = [
  {
    selector: 'MemberExpression[property.name="normalize"]',
    message: 'Use src/platform/text/normalize.ts: ICU orders a run of marks in O(n²).',
  },
  {
    selector: 'MemberExpression[property.name="Segmenter"]',
    message: 'Use src/platform/text/visible.ts, which bounds the text first.',
  },
];

const CLIENT_ADDRESS = [
  {
    selector:
      'MemberExpression[property.name="ip"][object.name="request"], ObjectPattern > Property[key.name="ip"]',
    message: 'Undefined once the connection is gone: read `request.clientAddress`.',
  },
];

/** Of several blocks that match a file the last one holds: each states all of its lists. */
const restrictSyntax = (...lists) => ({ 'no-restricted-syntax': ['error', ...lists.flat()] });

const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression']);

/** Types and plain constants are exempt: most of their docstrings repeated the name. */
function owesDocstring(declaration) {
  if (declaration.type === 'VariableDeclaration')
    return declaration.declarations.some(({ init }) => FUNCTIONS.has(init?.type));
  return /^(FunctionDeclaration|TSDeclareFunction|ClassDeclaration)$/.test(declaration.type);
}

const documentedExports = {
  meta: { type: 'suggestion', messages: { missing: 'Exported functions and classes need a docstring.' } },
  create: (context) => ({
    ':matches(ExportNamedDeclaration, ExportDefaultDeclaration)[declaration]'(node) {
      if (!owesDocstring(node.declaration)) return;
      const comment = context.sourceCode.getCommentsBefore(node).at(-1);
      if (comment?.type === 'Block' && comment.value.startsWith('*')) return;
      context.report({ node, messageId: 'missing' });
    },
  }),
};

export default defineConfig([
  globalIgnores(['src/generated/', 'drizzle/', 'data/', '.data/', 'coverage/']),

  {
    name: 'all sources',
    files: ['**/*.ts', '**/*.js'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }], // `== null`: an omitted GraphQL input is null or undefined
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-empty': 'error',
      'no-self-compare': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-catch': 'error',
      'no-warning-comments': [
        'error',
        { terms: ['todo', 'fixme', 'hack', 'xxx', 'wip'], location: 'anywhere' },
      ],
      'object-shorthand': 'error',
    },
  },

  {
    name: 'TypeScript',
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      ...restrictSyntax(ERASABLE),
      ...noEnvironment,
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', caughtErrors: 'all', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // A method that implements a promise-returning interface is `async` even if it awaits nothing.
      '@typescript-eslint/require-await': 'off',
    },
  },

  {
    name: 'product code',
    files: ['src/**/*.ts'],
    plugins: { onsale: { rules: { 'documented-exports': documentedExports } } },
    rules: {
      'no-console': 'error',
      'onsale/documented-exports': 'error',
      ...restrictSyntax(ERASABLE, BOUNDED_TEXT, CLIENT_ADDRESS),
    },
  },

  {
    name: 'bounds the text that it normalises or segments',
    files: ['src/platform/text/normalize.ts', 'src/platform/text/visible.ts'],
    rules: restrictSyntax(ERASABLE, CLIENT_ADDRESS),
  },

  {
    name: 'reads the address of a client',
    files: ['src/platform/http/rate-limit.ts'],
    rules: restrictSyntax(ERASABLE, BOUNDED_TEXT),
  },

  {
    name: 'tests and benchmarks: responses of a server are untyped',
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off', // fixtures are objects of closures, destructured by tests
    },
  },

  {
    name: 'reads the environment or passes it to a child process',
    files: ['src/platform/config/settings.ts', 'scripts/**', 'bench/**', 'test/support/**', '*.config.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },

  {
    name: 'public schema',
    files: [SCHEMA_FILES],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: SCHEMA_FILES } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      '@graphql-eslint/input-name': ['error', { checkInputType: true, caseSensitiveInputType: false }],
      '@graphql-eslint/known-directives': 'error',
      '@graphql-eslint/known-type-names': 'error',
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          Argument: 'camelCase',
          DirectiveDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          'FieldDefinition[parent.name.value=Query]': { forbiddenPrefixes: ['query', 'get'] },
        },
      ],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/no-typename-prefix': 'error',
      '@graphql-eslint/no-unreachable-types': 'error',
      '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
      '@graphql-eslint/relay-connection-types': 'error',
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      '@graphql-eslint/relay-page-info': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      '@graphql-eslint/unique-enum-value-names': 'error',
    },
  },
  {
    // a line of a log is known by its place in the log: it has no global id
    files: ['schema/audit-trail.graphql', 'schema/waiting-room-figures.graphql'],
    rules: {
      '@graphql-eslint/relay-edge-types': [
        'error',
        { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
      ],
    },
  },
]);
