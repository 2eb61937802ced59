import wc from 'eslint-plugin-wc';
import { configs } from 'typescript-eslint';

/** Half a suite that passes looks like a whole one. */
const wholeSuites = [
  {
    selector:
      'MemberExpression[object.name=/^(describe|it|test)$/][property.name=/^(only|skip|todo)$/]',
    message: 'Run every test: no .only, .skip or .todo.',
  },
  {
    selector:
      'CallExpression[callee.name=/^(describe|it|test)$/] > ObjectExpression > Property[key.name=/^(only|skip|todo)$/]',
    message: 'Run every test: no only, skip or todo.',
  },
];

/** chai's types do not tell that this one is a promise. */
const awaitedAxe = {
  selector: "ExpressionStatement > CallExpression[callee.property.name='accessible']",
  message: 'accessible() is a promise: await it.',
};

const shortConstructor = {
  selector: 'MethodDefinition[kind="constructor"] > FunctionExpression[params.length>3]',
  message: 'At most three arguments by position: take an object.',
};

/** Their promises are the runner's business. */
const runner = {
  from: 'package',
  package: 'node:test',
  name: ['describe', 'it', 'test', 'before', 'after', 'beforeEach', 'afterEach'],
};

const typed = ['{src,test,bench}/**/*.{ts,tsx}'];

/** Apps with their own packages, which are not installed here, and tests of the built types. */
const untyped = ['test/frameworks/*/**/*', 'test/frameworks/*.test-d.*'];

export default [
  { ignores: ['build/', 'dist/', 'coverage/', '.cache/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...configs.recommended,
  {
    rules: {
      // One handwriting: a module's types and values come by one import.
      'no-duplicate-imports': 'error',
      '@typescript-eslint/no-empty-object-type': [
        'error',
        { allowInterfaces: 'with-single-extends' },
      ],
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
    },
  },
  // Not of docs/: test/server/docs.test.ts compiles the examples.
  ...configs.recommendedTypeCheckedOnly.map((config) => ({
    ...config,
    files: typed,
    ignores: untyped,
  })),
  {
    files: typed,
    ignores: untyped,
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.test.json', './test/frameworks/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [runner] }],
      // An abort signal's reason is passed on as it is.
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `async` also promises that a mistake becomes a rejection.
      '@typescript-eslint/require-await': 'off',
      // What is destructured here are closures; what is stringified came as text.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      // Differs from what tsc needs, with `isolatedDeclarations` and checked indexes.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', shortConstructor],
      // One handwriting: constants are named as all other variables are.
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'variable',
          format: ['camelCase', 'PascalCase'],
          leadingUnderscore: 'allow',
          filter: { regex: '^_+$', match: false },
        },
      ],
    },
  },
  {
    files: ['src/*.ts', 'src/{element,inspector}/*.ts'],
    plugins: { wc },
    rules: { ...wc.configs['flat/recommended'].rules, ...wc.configs['flat/best-practice'].rules },
  },
  {
    files: ['test/**', 'bench/**', 'demo/**'],
    rules: { 'no-restricted-syntax': ['error', ...wholeSuites, awaitedAxe] },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    ignores: untyped,
    rules: {
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    // The types of @open-wc/testing make a promise of every `to.equal()`.
    files: [
      'test/{element,campaign,token,page,config,inspector,sign-in,whole}/*.ts',
      'test/*.test.ts',
      'test/**/*.browser.test.ts',
      'test/support/*.ts',
    ],
    rules: { '@typescript-eslint/no-floating-promises': 'off' },
  },
];
