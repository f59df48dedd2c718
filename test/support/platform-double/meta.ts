/** What Meta's two sites have in common: data for React's Relay inside script tags, and DASH manifests. */
import { MEDIA_LENGTH } from './media.ts'

/** A page that carries `data` as the result of a query. */
export function relayPage(data: unknown, head = ''): string {
  const cache = ['RelayPrefetchedStreamCache', 'next', [], ['key', { __bbox: { result: { data } } }]]
  const script = { require: [['ScheduledServerJS', 'handle', null, [{ __bbox: { require: [cache] } }]]] }
  return (
    `<html><head>${head}</head>` +
    `<script type="application/json" data-sjs>${JSON.stringify(script)}</script></html>`
  )
}

export const audioManifest = (url: string): string =>
  '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" ' +
  `profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" mediaPresentationDuration="PT${MEDIA_LENGTH}S">` +
  `<Period duration="PT${MEDIA_LENGTH}S"><AdaptationSet contentType="audio"><Representation id="1a" ` +
  'bandwidth="48000" codecs="mp4a.40.5" mimeType="audio/mp4" audioSamplingRate="44100">' +
  `<BaseURL>${url}</BaseURL></Representation></AdaptationSet></Period></MPD>`
