/** Which files of a folder are taken for audio or video, by their names. A file that was named itself is always tried. */
const AUDIO = 'aac ac3 aif aiff amr caf flac m4a m4b mka mp3 oga ogg opus wav weba wma'
const VIDEO = '3gp avi flv m2ts m4v mkv mov mp4 mpeg mpg mts ogv ts vob webm wmv'
const MEDIA = new Set(`${AUDIO} ${VIDEO}`.split(' '))

/** Films of broadcasts and cameras share their endings with TypeScript. */
const ALSO_CODE = new Set(['ts', 'mts'])

export const isMediaName = (name: string): boolean => MEDIA.has(endingOf(name))

export const mayBeCode = (name: string): boolean => ALSO_CODE.has(endingOf(name))

const SYNC = 0x47

/** Whether a file whose ending may be either is code. @param begin its first five bytes */
export const isCode = (begin: Uint8Array): boolean => begin[0] !== SYNC && begin[4] !== SYNC

/** Whether it, or a folder that it lies in, is hidden. @param path below the folder that was named */
export const isHidden = (path: string): boolean => path.split(/[\\/]/).some((part) => part.startsWith('.'))

function endingOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 1 ? '' : name.slice(dot + 1).toLowerCase()
}
