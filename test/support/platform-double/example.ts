/** Hosts of the documentation's examples: webhooks that take posts, or refuse them for good, and podcasts' feeds. */
import { json, type PlatformAnswers, text } from './answer.ts'

export const example: PlatformAnswers = (asked) => {
  if (asked.host === 'hooks.example.com')
    return asked.path.startsWith('/gone/') ? json(asked, { error: 'gone' }, 410) : json(asked, {})
  if (asked.host !== 'feeds.example.com') return false
  const entry =
    '<item><title>Talk 1</title><guid>1</guid><enclosure url="https://feeds.example.com/1.mp3"/></item>'
  const feed = `<rss version="2.0"><channel><title>Talks</title>${entry}</channel></rss>`
  return text(asked, feed, 200, { 'content-type': 'application/rss+xml' })
}
