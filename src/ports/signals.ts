/**
 * Tells every process that a row changed. A signal carries an id and nothing else: who hears it reads
 * the row. It may be lost (a reconnecting listener) or repeated, so every listener also looks by itself
 * now and then.
 */
export interface Signals {
  publish(topic: SignalTopic, id: string): void
  /** Returns the function that ends the subscription. */
  subscribe(topic: SignalTopic, listener: (id: string) => void): () => void
  close(): Promise<void>
}

/**
 * `job.queued`: work for a worker. `job.changed`: progress, a part, or the end of a transcription.
 * `part.open`: a part that whoever has room may hear. `part.heard`: what there was to hear of one is known.
 * `webhook.due`: an event to send. `batch.due`: items to begin, or to cancel. `subscription.due`: a list to look at.
 * `post.due`: a post to publish. `speakers.due`: speakers to tell apart anew. `video.due`: a video to make.
 * `downloader.update`: the operator wants the newest downloader everywhere.
 */
export type SignalTopic =
  | 'job.queued'
  | 'job.changed'
  | 'job.cancel'
  | 'part.open'
  | 'part.heard'
  | 'webhook.due'
  | 'batch.due'
  | 'subscription.due'
  | 'post.due'
  | 'speakers.due'
  | 'video.due'
  | 'downloader.update'
