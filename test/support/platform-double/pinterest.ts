import { type Asked, file, json, type PlatformAnswers, redirect, text } from './answer.ts'
import { MEDIA_LENGTH } from './media.ts'

const CLIP = 'https://v1.pinimg.com/videos/mc/720p/clip.mp4'

/** The last three digits of a pin's number choose the outcome; every other number is a pin with a video. */
export const pinterest: PlatformAnswers = (asked) => {
  const { host, path, url, media } = asked
  if (host === 'pin.it') return redirect(asked, 'https://api.pinterest.com/url_shortener/1AbCdEfGh/redirect/')
  if (host === 'api.pinterest.com')
    return redirect(asked, 'https://www.pinterest.com/pin/664281013778109217/sent/?invite_code=x')
  if (host.endsWith('.pinimg.com')) return file(asked, media.clip, 'video/mp4')
  if (host !== 'pinterest.com' && !host.endsWith('.pinterest.com')) return false
  if (path !== '/resource/PinResource/get/') return text(asked, 'nothing here', 404)
  return pin(asked, JSON.parse(url.searchParams.get('data') ?? '{}').options.id)
}

function pin(asked: Asked, id: string): boolean {
  const answer = (data: unknown, status = 200) => json(asked, { resource_response: { data } }, status)
  const head = {
    id,
    title: 'Double on Pinterest',
    domain: 'Uploaded by user',
    created_at: 'Tue, 14 Nov 2023 22:13:20 +0000',
    closeup_attribution: { full_name: 'Double', id: '1' },
  }
  const video_list = { V_720P: { url: CLIP, width: 160, height: 120, duration: MEDIA_LENGTH * 1000 } }
  switch (id.slice(-3)) {
    case '404':
      return answer(null, 404)
    case '001': // a picture
      return answer({ ...head, videos: null })
    case '002': // an idea pin, made of pages
      return answer({ ...head, story_pin_data: { pages: [{ blocks: [{ video: { video_list } }] }] } })
    case '003': // a video of another site, shown here
      return answer({ ...head, domain: 'evil.example', embed: { src: 'https://evil.example/video.mp4' } })
    default:
      return answer({ ...head, videos: { video_list } })
  }
}
