import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  mergeThemeOverrides,
} from '@mantine/core'

const sea: MantineColorsTuple = [
  '#eef8f6',
  '#d9eeea',
  '#b0dcd5',
  '#82c9be',
  '#58b5a8',
  '#359c8d',
  '#1a7f71',
  '#0f6b60',
  '#0b584f',
  '#08443d',
]

/** The dark side's own greys: ink with a little green in it, as on the light side. */
const dark: MantineColorsTuple = [
  '#e2e6e3',
  '#c3c9c5',
  '#a1a9a5',
  '#939b97',
  '#454d4a',
  '#343a38',
  '#232827',
  '#171a19',
  '#121514',
  '#0d0f0e',
]

const sans = "'Instrument Sans Variable', system-ui, sans-serif"

const theme = createTheme({
  colors: { sea, dark },
  primaryColor: 'sea',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: sans,
  // By name: importing the components here would make them part of the first load.
  components: {
    // Scrolls where it is higher than the screen.
    Menu: { defaultProps: { middlewares: { size: { padding: 8 } } } },
  },
  headings: { fontFamily: sans, fontWeight: '600', textWrap: 'balance' },
})

/** @param close what a dialog's closing cross is called */
export const themeWith = (close: string) =>
  mergeThemeOverrides(theme, {
    components: { Modal: { defaultProps: { closeButtonProps: { 'aria-label': close } } } },
  })

/** Quiet paper and ink. All text on it has a contrast of 4.5 or more, which Mantine's own greys have not. */
export const cssVariablesResolver: CSSVariablesResolver = ({ colors }) => ({
  variables: { '--reading-font': "'Literata Variable', Georgia, serif" },
  light: {
    '--mantine-color-body': '#fcfbf9',
    '--mantine-color-text': '#1f2421',
    '--mantine-color-dimmed': '#5d6561',
    '--mantine-color-error': '#b42318',
    ...destructive,
    '--mantine-color-placeholder': '#6b736f',
    '--mantine-color-default-border': '#dedcd6',
    '--shell-background': '#f5f3ee',
    ...darker(Object.keys(colors).filter((name) => name !== 'sea')),
  },
  dark: {
    '--mantine-color-body': '#171a19',
    '--mantine-color-text': '#e2e6e3',
    '--mantine-color-dimmed': '#a1a9a5',
    '--mantine-color-error': '#ff9c94',
    ...destructive,
    '--mantine-color-placeholder': '#939b97',
    '--mantine-color-default-border': '#343a38',
    '--shell-background': '#121514',
    ...tinted(Object.keys(colors).filter((name) => name !== 'dark')),
  },
})

/** White on Mantine’s red is too faint to be read easily. */
const destructive = { '--mantine-color-red-filled': '#c0271d', '--mantine-color-red-filled-hover': '#a51f17' }

/** The text of badges and notices, on a tint of its own colour. */
const darker = (names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [
      `--mantine-color-${name}-light-color`,
      `color-mix(in srgb, var(--mantine-color-${name}-9) 75%, black)`,
    ]),
  )

/** In the dark: a tint that stands out from the ground, and its own colour, bright, on it. */
const tinted = (names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`--mantine-color-${name}-light`, mixed(name, 34)],
      [`--mantine-color-${name}-light-hover`, mixed(name, 42)],
      [
        `--mantine-color-${name}-light-color`,
        `color-mix(in srgb, var(--mantine-color-${name}-2) 80%, white)`,
      ],
    ]),
  )

const mixed = (name: string, percent: number): string =>
  `color-mix(in srgb, var(--mantine-color-${name}-6) ${percent}%, var(--mantine-color-body))`
