import { useComputedColorScheme } from '@mantine/core'
import { type Colours, DARK, LIGHT } from './colours.ts'

/** Those of the scheme that the page is shown in. */
export const useColours = (): Colours => (useComputedColorScheme('light') === 'dark' ? DARK : LIGHT)
