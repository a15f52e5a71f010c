import graphql from '@graphql-eslint/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Reading `process.env`, under every name it goes by. */
const noEnvironment = {
  'no-restricted-properties': [
    'error',
    { object: 'process', property: 'env', message: 'src/platform/config.ts alone reads the environment.' },
  ],
  'no-restricted-imports': [
    'error',
    ...['process', 'node:process'].map((name) => ({
      name,
      importNames: ['env'],
      message: 'src/platform/config.ts alone reads the environment.',
    })),
    {
      name: 'drizzle-orm',
      importNames: ['relations', 'defineRelations'],
      message: 'Statements stay greppable: docs/decisions/0004.',
    },
  ],
};

/** What Node cannot strip, or what hides a dependency. */
const erasable = {
  'no-restricted-syntax': [
    'error',
    { selector: 'Decorator', message: 'No decorators: Node runs the source as it is.' },
    { selector: 'TSEnumDeclaration', message: 'Use a union of strings.' },
    { selector: 'TSParameterProperty', message: 'Declare the property and assign it.' },
    { selector: 'TSModuleDeclaration:not([declare=true])', message: 'A file is a module already.' },
  ],
};

/** The docstring of an export is its contract, so there is one. */
const documentedExports = {
  meta: { type: 'suggestion', messages: { missing: 'Say in a docstring what this export is for.' } },
  create: (context) => ({
    'Program > ExportNamedDeclaration[declaration]'(node) {
      const comment = context.sourceCode.getCommentsBefore(node).at(-1);
      if (comment?.type === 'Block' && comment.value.startsWith('*')) return;
      context.report({ node, messageId: 'missing' });
    },
  }),
};

export default defineConfig([
  globalIgnores(['src/generated/', 'drizzle/', 'data/', '.data/', 'coverage/']),

  {
    name: 'every file we write',
    files: ['**/*.ts', '**/*.js'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }], // `== null`: what GraphQL leaves out is one or the other
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
      ...erasable,
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
      // Answering an interface that wants a promise is what `async` without `await` is for.
      '@typescript-eslint/require-await': 'off',
    },
  },

  {
    name: 'the program',
    files: ['src/**/*.ts'],
    plugins: { onsale: { rules: { 'documented-exports': documentedExports } } },
    rules: { 'no-console': 'error', 'onsale/documented-exports': 'error' },
  },

  {
    name: 'answers of a server under test, of any shape',
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off', // fixtures are objects of closures, and taken apart where they are used
    },
  },

  {
    name: 'where the environment is read, or handed to a child process',
    files: ['src/platform/config.ts', 'scripts/**', 'bench/**', 'test/support/**', '*.config.ts'],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off' },
  },

  {
    name: 'the contract',
    files: ['schema/**/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: 'schema/**/*.graphql' } },
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
]);
