import { type Asked, file, type PlatformAnswers, redirect, text } from './answer.ts'
import { captionFile } from './captions.ts'

const CDN = 'https://dms.licdn.com/playlist/vid'

/** Where a page of an attacker's says that its video lies. */
const LEADS_AWAY: Record<string, string> = {
  '661': 'https://127.0.0.1/video.mp4',
  '662': 'http://169.254.169.254/latest/meta-data/',
  '663': 'file:///etc/passwd',
  '664': 'https://www.linkedin.com.evil.example/video.mp4',
  '665': `${CDN}/moved.mp4`,
  '666': 'https://[::ffff:127.0.0.1]/video.mp4',
  '667': 'https://dms.licdn.com:8443/video.mp4',
}

/** The last three digits of a post's number choose the outcome; every other number is a post with a video. */
export const linkedin: PlatformAnswers = (asked) => {
  const { host, path, media } = asked
  if (host === 'lnkd.in')
    return redirect(asked, 'https://www.linkedin.com/posts/double_x-activity-7151241570371948544-4Gu7?trk=x')
  if (host.endsWith('.licdn.com')) {
    if (path.endsWith('moved.mp4')) return redirect(asked, 'https://169.254.169.254/latest/meta-data/')
    if (path.endsWith('.vtt')) return captionFile(asked, 'vtt', 'LinkedIn')
    return file(asked, path.endsWith('mute.mp4') ? media.mute : media.clip, 'video/mp4')
  }
  if (host !== 'www.linkedin.com') return false
  const id = /(\d{10,25})/.exec(path)?.[1] ?? ''
  switch (id.slice(-3)) {
    case '404':
      return text(asked, 'not found', 404)
    case '999':
      return text(asked, 'request denied', 999)
    case '998': // passes by itself
      return asked.before < 2 ? text(asked, 'request denied', 999) : post(asked, `${CDN}/clip.mp4`)
    case '001':
      return text(asked, '<html>A post of words. Join to see more.</html>')
    case '002':
      return post(asked, `${CDN}/mute.mp4`)
    case '003': // led away by the page itself
      return redirect(asked, 'https://127.0.0.1/latest/meta-data')
    default:
      return post(asked, LEADS_AWAY[id.slice(-3)] ?? `${CDN}/clip.mp4`)
  }
}

function post(asked: Asked, src: string): boolean {
  const sources = [{ src, type: 'video/mp4', 'data-bitrate': 400_000 }]
  const attribute = JSON.stringify(sources).replaceAll('"', '&quot;')
  return text(
    asked,
    '<html><head><meta property="og:title" content="Double on LinkedIn"/><title>Double</title>' +
      '<meta property="og:image" content="https://media.licdn.com/x.jpg"/></head>' +
      `<video class="share-native-video__node" data-sources="${attribute}" ` +
      'data-captions-url="https://dms.licdn.com/captions.vtt"></video></html>',
  )
}
