import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import noUnsanitized from 'eslint-plugin-no-unsanitized';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const features = readdirSync('src/features', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

// Imports flow app → features/<domain> → components → ipc; a feature never sees another.
const zones = [
  { target: './src/features', from: './src/app', message: 'Features do not know the app around them.' },
  { target: './src/components', from: ['./src/app', './src/features'], message: 'Shared parts know no feature.' },
  { target: './src/ipc', from: ['./src/app', './src/features', './src/components'], message: 'ipc/ knows no screen.' },
  ...features.map((name) => ({
    target: `./src/features/${name}`,
    from: './src/features',
    except: [`./${name}`],
    message: 'Features never import each other; lift the shared part into components/.',
  })),
];

const forbiddenSyntax = [
  { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that has it.' },
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: 'Text only: names, errors and certificates are written by strangers.',
  },
  { selector: "JSXAttribute[name.name='style']", message: 'Use a class and Carbon tokens.' },
  {
    selector: "MemberExpression[object.name='navigator'][property.name='clipboard']",
    message: 'The clipboard belongs to Rust, which clears it again.',
  },
  {
    selector: "ImportDeclaration[source.value='@carbon/react'] > ImportSpecifier[imported.name=/^(CodeSnippet|Copy)$/]",
    message: 'This part copies by itself; the clipboard belongs to Rust, which clears it again.',
  },
];

export default defineConfig(
  { ignores: ['dist/', 'src/ipc/bindings.ts'] },
  js.configs.recommended,
  {
    files: ['src/**/*.{ts,tsx}'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      jsxA11y.flatConfigs.strict,
      reactHooks.configs.flat['recommended-latest'],
      noUnsanitized.configs.recommended,
    ],
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.json'] })],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
    },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only src/ipc speaks to Tauri.' }] },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'The page has no network.' },
        { name: 'localStorage', message: 'What is kept is kept by Rust.' },
        { name: 'sessionStorage', message: 'What is kept is kept by Rust.' },
        { name: 'indexedDB', message: 'What is kept is kept by Rust.' },
      ],
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      'no-console': 'error',
      'max-lines': ['error', { max: 400 }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // event handlers may be async: the query cache keeps their errors
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // wire types are `type`s in the generated bindings
      '@typescript-eslint/consistent-type-definitions': 'off',
    },
  },
  {
    files: ['src/**/*.test.{ts,tsx}'],
    ignores: ['**/*.mocked.test.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...forbiddenSyntax,
        {
          selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(doM|m)ock$/]",
          message: 'Modules are shared by all files but those that end with .mocked.test.tsx.',
        },
      ],
    },
  },
  { files: ['src/ipc/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/**/*.tsx'], ignores: ['**/*.test.tsx'], rules: { 'max-lines': ['error', { max: 200 }] } },
  {
    files: ['src/**/index.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', { selector: 'Program', message: 'No barrel files: name the file after its noun.' }],
    },
  },
  {
    files: ['**/*.js', '*.config.ts'],
    extends: [tseslint.configs.strict],
    languageOptions: { globals: globals.node },
  },
);
