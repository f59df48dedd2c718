const AUDIO: Record<string, string> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  w64: 'audio/wav',
  flac: 'audio/flac',
  aac: 'audio/aac',
  aiff: 'audio/aiff',
  amr: 'audio/amr',
  caf: 'audio/x-caf',
  au: 'audio/basic',
  ac3: 'audio/ac3',
  eac3: 'audio/eac3',
}

/** Containers of sound and pictures: the kind depends on what is in them. */
const EITHER: Record<string, string> = {
  ogg: 'ogg',
  asf: 'x-ms-asf',
  mpeg: 'mpeg',
  mpegts: 'mp2t',
  avi: 'x-msvideo',
  flv: 'x-flv',
}

const WEBM_CODECS = new Set(['opus', 'vorbis', 'vp8', 'vp9', 'av1'])

/** The media type of a file, from ffmpeg's names of its container and of the codecs in it. */
export function contentType(
  format: string,
  audio: string | undefined,
  video: string | undefined,
  brand?: string,
): string {
  const kind = video ? 'video' : 'audio'
  const name = format.split(',')[0] ?? ''
  if (name === 'mov') return brand?.trim() === 'qt' && video ? 'video/quicktime' : `${kind}/mp4`
  if (name === 'matroska') {
    const webm = [audio, video].every((codec) => codec === undefined || WEBM_CODECS.has(codec))
    return `${kind}/${webm ? 'webm' : 'x-matroska'}`
  }
  const either = EITHER[name]
  if (either) return `${kind}/${either}`
  return AUDIO[name] ?? 'application/octet-stream'
}
