import { type Asked, file, json, type PlatformAnswers, redirect, text } from './answer.ts'
import { MEDIA_LENGTH } from './media.ts'
import { audioManifest, relayPage } from './meta.ts'

const CDN = 'https://scontent-double.cdninstagram.com/o1/v/t16'
const COOKIE = { 'set-cookie': 'csrftoken=abc; Domain=.instagram.com; Path=/; Secure' }
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A post's number, as the API wants it, from the code in its address. */
const numberOf = (code: string): string =>
  [...code].reduce((sum, digit) => sum * 64n + BigInt(DIGITS.indexOf(digit)), 0n).toString()
const codeOf = (number: string): string => {
  let code = ''
  for (let rest = BigInt(number); rest > 0n; rest /= 64n) code = DIGITS[Number(rest % 64n)] + code
  return code
}

/** The first four characters of a code choose the outcome; every other code is a normal reel. */
export const instagram: PlatformAnswers = (asked) => {
  const { host, path, url, media } = asked
  if (host.endsWith('.cdninstagram.com'))
    return file(asked, path.endsWith('.m4a') ? media.audio : media.clip, 'video/mp4')
  if (host !== 'instagram.com' && !host.endsWith('.instagram.com')) return false
  if (path === '/') return text(asked, '<script>["LSD",[],{"token":"double"},1]</script>', 200, COOKIE)
  if (path.endsWith('/get_ruling_for_content/'))
    return ruling(asked, codeOf(url.searchParams.get('target_id') ?? '0'))
  if (path.startsWith('/share/')) return redirect(asked, 'https://www.instagram.com/reel/DoubleAAA_1/')
  if (path.startsWith('/accounts/login')) return text(asked, 'login')
  const code = /^\/(?:p|reel|tv)\/([\w-]+)/.exec(path)?.[1]
  return code ? page(asked, code) : text(asked, 'nothing here', 404)
}

function ruling(asked: Asked, code: string): boolean {
  if (code.startsWith('Rest'))
    return json(
      asked,
      {
        title: 'Restricted Video',
        description: 'You must be 18 years old or over to see this video',
        status: 'ok',
      },
      200,
      COOKIE,
    )
  return json(asked, { status: 'ok' }, 200, COOKIE)
}

function page(asked: Asked, code: string): boolean {
  if (code.startsWith('Rate')) return redirect(asked, 'https://www.instagram.com/accounts/login/')
  const post = code.startsWith('Gone') ? null : postOf(code)
  return text(asked, relayPage({ xig_polaris_media: { if_not_gated_logged_out: post } }))
}

function postOf(code: string) {
  const head = {
    pk: numberOf(code),
    title: null,
    caption: { text: 'Double on Instagram' },
    user: { username: 'double', pk: '5', full_name: 'Double' },
    taken_at: 1_700_000_000,
  }
  const photo = { image_versions2: { candidates: [] }, has_audio: false }
  if (code.startsWith('Phot')) return { ...head, ...photo }
  if (code.startsWith('Mute')) return { ...head, ...video(`${CDN}/mute`), has_audio: false }
  if (code.startsWith('Albu'))
    return {
      ...head,
      carousel_media: [
        { ...photo, pk: '17' },
        { pk: '18', ...video(CDN) },
        { ...photo, pk: '19' },
      ],
    }
  return { ...head, ...video(CDN) }
}

const video = (base: string) => ({
  video_duration: MEDIA_LENGTH,
  has_audio: true,
  video_versions: [{ type: 101, width: 160, height: 120, url: `${base}/clip.mp4?efg=1` }],
  ...(base === CDN ? { video_dash_manifest: audioManifest(`${base}/audio.m4a?x=1`) } : {}),
})
