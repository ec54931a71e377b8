import carbonTokens from 'stylelint-plugin-carbon-tokens';

export default {
  extends: ['stylelint-config-standard-scss'],
  // the plugin is CommonJS: its list of rules lies one `default` deeper
  plugins: carbonTokens.default,
  // the Carbon plugin reports positions the old way, which stylelint 17 refuses
  quietDeprecationWarnings: true,
  reportNeedlessDisables: true,
  reportDescriptionlessDisables: true,
  rules: {
    'carbon/layout-token-use': true,
    'carbon/motion-duration-use': true,
    'carbon/motion-easing-use': true,
    'carbon/theme-token-use': true,
    'carbon/type-token-use': true,
    // the plugin's theme rule lets literal colours pass
    'color-no-hex': true,
    'color-named': 'never',
    'function-disallowed-list': ['rgb', 'rgba', 'hsl', 'hsla'],
    // our classes are kt-block__element--modifier, as Carbon's are cds--…
    'selector-class-pattern': '^(kt-[a-z0-9-]+(__[a-z0-9-]+)?(--[a-z0-9-]+)?|cds--.+)$',
  },
  overrides: [
    // a face is declared by name and weight; tokens come after it
    { files: ['src/app/fonts.scss'], rules: { 'carbon/type-token-use': null } },
  ],
};
