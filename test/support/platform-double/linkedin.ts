import { type Asked, file, type PlatformAnswers, redirect, text } from './answer.ts'
import { captionFile } from './captions.ts'

/** The last three digits of a post's number choose the outcome; every other number is a post with a video. */
export const linkedin: PlatformAnswers = (asked) => {
  const { host, path, media } = asked
  if (host === 'lnkd.in')
    return redirect(asked, 'https://www.linkedin.com/posts/double_x-activity-7151241570371948544-4Gu7?trk=x')
  if (host.endsWith('.licdn.com')) {
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
      return asked.before < 2 ? text(asked, 'request denied', 999) : post(asked, 'clip.mp4')
    case '001':
      return text(asked, '<html>A post of words. Join to see more.</html>')
    case '002':
      return post(asked, 'mute.mp4')
    default:
      return post(asked, 'clip.mp4')
  }
}

function post(asked: Asked, name: string): boolean {
  const sources = [
    { src: `https://dms.licdn.com/playlist/vid/${name}`, type: 'video/mp4', 'data-bitrate': 400_000 },
  ]
  const attribute = JSON.stringify(sources).replaceAll('"', '&quot;')
  return text(
    asked,
    '<html><head><meta property="og:title" content="Double on LinkedIn"/><title>Double</title>' +
      '<meta property="og:image" content="https://media.licdn.com/x.jpg"/></head>' +
      `<video class="share-native-video__node" data-sources="${attribute}" ` +
      'data-captions-url="https://dms.licdn.com/captions.vtt"></video></html>',
  )
}
