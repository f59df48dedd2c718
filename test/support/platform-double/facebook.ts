import { type Asked, file, type PlatformAnswers, redirect, text } from './answer.ts'
import { captionFile } from './captions.ts'
import { MEDIA_LENGTH } from './media.ts'
import { audioManifest, relayPage } from './meta.ts'

const NORMAL = '1234567890'

/** The last three digits of an id choose the outcome; every other id is a normal video. */
export const facebook: PlatformAnswers = (asked) => {
  const { host, path, media, url } = asked
  if (host === 'fb.watch') return redirect(asked, `https://www.facebook.com/watch/?v=${NORMAL}`)
  if (host.endsWith('.fbcdn.net')) {
    if (path.endsWith('fr_FR.srt')) return captionFile(asked, 'srt', 'Facebook, à l’été', 'windows-1252')
    if (path.endsWith('.srt')) return captionFile(asked, 'srt', 'Facebook')
    return file(asked, path.endsWith('.m4a') ? media.audio : media.clip, 'video/mp4')
  }
  if (host !== 'facebook.com' && !host.endsWith('.facebook.com')) return false
  // The share links of the app take a hop over the mobile site.
  if (path.startsWith('/share/'))
    return redirect(
      asked,
      host === 'm.facebook.com'
        ? `https://www.facebook.com/reel/${NORMAL}/`
        : `https://m.facebook.com${path}?_rdr`,
    )
  if (path.startsWith('/video/tahoe/')) return text(asked, 'for (;;);{}') // what is asked when a page tells nothing
  const id = url.searchParams.get('v') ?? /(?:posts|permalink|reel)\/(\w+)/.exec(path)?.[1] ?? ''
  return id === '' ? text(asked, 'nothing here', 404) : page(asked, id)
}

function page(asked: Asked, id: string): boolean {
  const title = '<meta property="og:title" content="Double on Facebook"/><title>Double | Facebook</title>'
  switch (id.slice(-3)) {
    case '401':
      return text(asked, '<html><form id="login_form"></form>You must log in</html>')
    case '404':
      return text(
        asked,
        '<div class="uiInterstitialContent"><div>This content isn’t available right now</div></div>',
      )
    case '500':
      return text(asked, '<html>A page of another shape</html>')
    default:
      return text(asked, relayPage({ video: video(id) }, title))
  }
}

const video = (id: string) => ({
  __typename: 'Video',
  id,
  videoId: id,
  playable_duration_in_ms: MEDIA_LENGTH * 1000,
  name: 'Double on Facebook',
  owner: { id: '1', name: 'Double' },
  video_available_captions_locales: [
    captions('en_US', 'English', id.endsWith('002') ? null : 'auto-generated'),
    ...(id.endsWith('003') ? [captions('fr_FR', 'French', null)] : []),
  ],
  videoDeliveryResponseFragment: {
    videoDeliveryResponseResult: {
      dash_manifests: [{ manifest_xml: audioManifest('https://scontent.xx.fbcdn.net/audio.m4a?x=1') }],
      progressive_urls: [
        { progressive_url: 'https://video.xx.fbcdn.net/clip.mp4?sd', metadata: { quality: 'SD' } },
      ],
    },
  },
  playable_url: 'https://video.xx.fbcdn.net/clip.mp4?legacy',
})

const captions = (locale: string, language: string, method: string | null) => ({
  locale,
  localized_language: language,
  localized_country: 'US',
  localized_creation_method: method,
  captions_url: `https://scontent.xx.fbcdn.net/${locale}.srt`,
})
