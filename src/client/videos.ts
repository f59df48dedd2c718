import type { MakeVideoBody, Video, VideoReply } from '../contract/videos.ts'
import { EarshotError } from './errors.ts'
import { type CreateOptions, type Http, type RequestOptions, sleep } from './http.ts'

const LOOK_MS = 2000

/** Recordings with their subtitles drawn in: one for each transcription. */
export class Videos {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** Has one made, in the place of an earlier one, and does not wait for it. */
  async make(transcriptionId: string, body: MakeVideoBody = {}, options?: CreateOptions): Promise<Video> {
    return (await this.#http.begin<VideoReply>(at(transcriptionId), body, options)).video as Video
  }

  /** The latest one; null: there is none, or it was removed. */
  async get(transcriptionId: string, { signal }: RequestOptions = {}): Promise<Video | null> {
    return (await this.#http.json<VideoReply>('GET', at(transcriptionId), { signal })).video
  }

  /** @returns the video once it can be downloaded @throws EarshotError where it could not be made, or was removed */
  async wait(
    transcriptionId: string,
    { onProgress, signal }: RequestOptions & { onProgress?: (video: Video) => void } = {},
  ): Promise<Video> {
    for (;;) {
      const video = await this.get(transcriptionId, { signal })
      if (!video) throw new EarshotError('There is no video of this transcription.')
      if (video.error) throw new EarshotError(video.error.message)
      onProgress?.(video)
      if (video.state === 'succeeded') return video
      await sleep(LOOK_MS, signal)
    }
  }

  /** The file, an MP4: its `body` is a stream, as it may have gigabytes. */
  download(transcriptionId: string, { signal }: RequestOptions = {}): Promise<Response> {
    const path = `${at(transcriptionId)}/content`
    return this.#http.call('GET', path, { signal }, (response) => response)
  }

  /** Cancels the work, or removes the file. */
  delete(transcriptionId: string, { signal }: RequestOptions = {}): Promise<void> {
    return this.#http.once('DELETE', at(transcriptionId), { signal }, () => {})
  }
}

const at = (transcriptionId: string): string => `/transcriptions/${encodeURIComponent(transcriptionId)}/video`
