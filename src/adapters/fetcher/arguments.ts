/** yt-dlp's command lines. Every flag was tried; what they guard against is said beside them. */
import { listExtractors, PLATFORMS } from '../../domain/links/index.ts'
import type { ListLink, MediaLink, Platform } from '../../ports/fetcher.ts'

export interface CommonOptions {
  /** A file with `--proxy`: its address has the guard’s token, which everybody on the machine reads in arguments. */
  proxyFile: string
  /** Seconds without a byte after which a connection is given up. */
  socketTimeout: number
  /** Extra certificates are in SSL_CERT_FILE, which a bundled certifi would ignore. */
  extraCa: boolean
  cookiesFile?: string | undefined
  /** `node:/path` or `deno:/path`. */
  jsRuntime?: string | undefined
  /** From the operator, already checked against the allow-list. */
  extraArgs: readonly string[]
}

const EXTRACTORS = PLATFORMS.flatMap(({ extractors }) => extractors).join(',')

/** Original language before small size: `+size` alone picks dubbed and described tracks. */
const SORT = ['-S', 'lang,+size,+br,+res']

/**
 * TikTok's only audio format is the song's own file, not the video's sound, and some of its HEVC videos
 * are mute.
 */
const select = (platform: Platform): string[] => [
  '-f',
  platform === 'tiktok' ? 'b[vcodec^=h264][format_id!=download]/b[format_id!=download]/b' : 'ba/b',
]

function common(options: CommonOptions): string[] {
  return [
    '--ignore-config',
    '--no-plugin-dirs', // --ignore-config alone still runs plugins of the home folder
    '--no-update',
    '--no-cache-dir',
    ...['--color', 'never', '--encoding', 'utf-8', '--quiet'],
    ...['--no-playlist', '--playlist-items', '1'], // carousels come as playlists in spite of --no-playlist
    ...['--socket-timeout', String(options.socketTimeout), '--retries', '3', '--extractor-retries', '2'],
    ...['--fragment-retries', '3', '--file-access-retries', '1', '--abort-on-unavailable-fragments'],
    ...['--downloader', 'native', '--fixup', 'never', '--no-mtime', '--no-continue', '--no-exec'],
    ...['--config-locations', options.proxyFile],
    ...(options.extraCa ? ['--compat-options', 'no-certifi'] : []),
    ...(options.cookiesFile ? ['--cookies', options.cookiesFile] : []),
    ...(options.jsRuntime ? ['--no-js-runtimes', '--js-runtimes', options.jsRuntime] : []),
    ...options.extraArgs,
  ]
}

/** YouTube offers every caption in a hundred languages. Arguments for one extractor must be given together. */
function withoutTranslations(extraArgs: readonly string[]): string[] {
  const ours = 'skip=translated_subs'
  const args = [...extraArgs]
  const at = args.findLastIndex((arg, k) => args[k - 1] === '--extractor-args' && arg.startsWith('youtube:'))
  if (at < 0) return [...args, '--extractor-args', `youtube:${ours}`]
  args[at] += `;${ours}`
  return args
}

/** Prints the post's description as one JSON value and downloads nothing. */
export const probeArguments = (link: MediaLink, options: CommonOptions): string[] => [
  ...common({ ...options, extraArgs: [] }),
  ...['--ies', EXTRACTORS], // without it, redirects and embedded links lead to any site
  ...['--write-subs', '--write-auto-subs'], // TikTok's captions are listed only if asked for
  ...withoutTranslations(options.extraArgs),
  // An album on Instagram may begin with photos: all of it is listed, and `info.ts` chooses.
  ...(link.platform === 'instagram' ? ['--playlist-items', '1:20', '--ignore-no-formats-error'] : []),
  ...select(link.platform),
  ...SORT,
  '-J',
  '--',
  link.canonicalUrl,
]

/** Prints what a playlist or a channel lists, and looks at none of it. One more than is wanted tells whether there is. */
export const listArguments = (link: ListLink, most: number, options: CommonOptions): string[] => [
  ...common(options),
  ...['--yes-playlist', '--flat-playlist', '--playlist-items', `1:${most + 1}`],
  ...['--ies', listExtractors(link.platform).join(',')],
  '-J',
  '--',
  link.canonicalUrl,
]

/** Downloads what the probe chose, into `dir`, from the saved description: no page is asked for again. */
export const fetchArguments = (
  platform: Platform,
  infoPath: string,
  dir: string,
  maxBytes: number,
  options: CommonOptions,
): string[] => [
  ...common(options),
  ...select(platform),
  ...SORT,
  ...['--max-filesize', String(maxBytes)],
  ...['--no-simulate', '--newline', '--progress', '--progress-delta', '0.5'],
  ...['--output-na-placeholder', 'null'], // else a missing number is a bare NA, which is no JSON
  '--progress-template',
  'download:{"t":"p","d":%(progress.downloaded_bytes)j,"n":%(progress.total_bytes)j,' +
    '"e":%(progress.total_bytes_estimate)j,"w":%(progress.tmpfilename)j}',
  ...['--print', 'after_move:{"t":"f","path":%(filepath)j}'],
  ...['-P', dir, '-o', 'media.%(ext)s', '--load-info-json', infoPath],
]
