import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const leaf: MantineColorsTuple = [
  '#eef6ee',
  '#dcebdd',
  '#b8d7bb',
  '#91c296',
  '#6fb077',
  '#57a362',
  '#3f8f4c',
  '#317a3d',
  '#276633',
  '#1b4c26',
];

export const theme = createTheme({
  primaryColor: 'leaf',
  colors: { leaf },
  primaryShade: 8,
  defaultRadius: 'md',
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)' },
  respectReducedMotion: true,
});

/** The variables are in tokens.css: the content policy refuses the style element that Mantine would insert. */
export const noVariables: CSSVariablesResolver = () => ({ variables: {}, light: {}, dark: {} });
