import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const DEJAVU = '/usr/share/fonts/truetype/dejavu'

/** Fonts for Latin, Greek, Cyrillic, Arabic and Hebrew, none for Thai or Japanese; undefined: they are not installed. */
export const FEW_FONTS = existsSync(DEJAVU) ? DEJAVU : undefined

/** The setting with which a program finds the fonts of a folder and no others. @param folder for the file of it */
export function fontsOf(dir: string, folder: string): { FONTCONFIG_FILE: string } {
  const file = join(folder, 'fonts.conf')
  const settings = `<fontconfig><dir>${dir}</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`
  writeFileSync(file, settings)
  return { FONTCONFIG_FILE: file }
}
