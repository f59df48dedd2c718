export interface WebhookAnswer {
  status: number
  /** What the receiver asks for with `Retry-After`, ms. */
  retryAfterMs?: number
}

/** Posts one event. */
export interface WebhookSender {
  /** @throws Error in one line that may be shown to the endpoint's owner, when there was no answer */
  post(
    url: string,
    headers: Record<string, string>,
    body: string,
    signal: AbortSignal,
  ): Promise<WebhookAnswer>
  /** @throws Error that says what is wrong, for a URL to which nothing would ever be sent */
  vet(url: string): void
}
