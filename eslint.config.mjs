import next from 'eslint-config-next/core-web-vitals'
import tseslint from 'typescript-eslint'

const environment = { selector: "MemberExpression[object.name='process'][property.name='env']", message: 'Read the environment in lib/core/env.ts only, so that every variable has a schema and a name in the README.' }
const serverAction = { selector: "Directive[directive='use server']", message: 'There are no server actions: the one way in is /api/v1, for browsers and automation alike.' }
const dates = { selector: "CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/], NewExpression[callee.object.name='Intl'][callee.property.name='DateTimeFormat']", message: 'Format with lib/format, so that one time looks alike everywhere.' }
const fetching = { selector: "CallExpression[callee.name='fetch']", message: 'Firewalls are reached through the transport that adapters are given (lib/outbound), which checks address, certificate and limits.' }
const clock = { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time from the caller: what depends on the clock cannot be tested.' }
const defaultExport = { selector: 'ExportDefaultDeclaration', message: 'Name what you export; only pages, routes and configuration files need a default.' }

const everywhere = [environment, serverAction, dates, defaultExport]
const restricted = (...selectors) => ({ 'no-restricted-syntax': ['error', ...selectors] })
const TESTS = ['**/*.test.ts', '**/*.spec.ts', '**/*.test.tsx', '**/testing/**', '**/testing.ts', '**/__fixtures__/**', 'e2e/**']

export default tseslint.config(
  { ignores: ['node_modules/', '.next/', '.build/', '.cache/', '.data*/', 'lib/db/generated/', 'next-env.d.ts', 'test-results/', 'playwright-report/', 'public/'] },
  ...next,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A family's module is a thing here, and nothing is CommonJS.
      '@next/next/no-assign-module-variable': 'off',
      'no-restricted-imports': ['error', { patterns: [{ group: ['../../*'], message: 'Use the alias @/ for anything that is not beside or one above.' }] }],
      ...restricted(...everywhere),
    },
  },
  { files: ['app/**', '*.config.ts', 'proxy.ts', 'instrumentation.ts'], rules: restricted(environment, serverAction, dates) },
  { files: ['lib/core/env.ts', '*.config.ts', 'instrumentation.ts'], rules: restricted(serverAction, dates) },
  // The name of a time zone is checked by trying it.
  { files: ['lib/format/**', 'lib/firewalls/input.ts'], rules: restricted(environment, serverAction, defaultExport) },
  { files: ['lib/adapters/*/**'], rules: restricted(...everywhere, fetching, clock) },
  { files: ['lib/outbound/**'], rules: restricted(...everywhere, fetching) },
  {
    files: TESTS,
    rules: {
      // A test may look at what a use case would have to prove.
      '@typescript-eslint/consistent-type-assertions': 'off',
      'no-restricted-imports': 'off',
      ...restricted(serverAction),
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }], 'import/no-anonymous-default-export': 'off' } },
)
