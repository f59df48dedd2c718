/**
 * Every error that Earshot tells a client about. The code is stable; each surface decides on the status
 * and the shape (`src/http/surfaces/*`/errors.ts`), and docs/errors.md is made from this table.
 */
export const ERRORS = {
  'request.invalid': 'A field is missing, unknown or malformed. `details` names it and says why.',
  'request.too_large': 'The request is larger than this server takes.',
  'request.method':
    'There is something at this address, but not for this method; the header `Allow` says for which.',
  'key.missing': 'The request carries no API key, or carries it in the wrong header.',
  'key.invalid': 'No such API key.',
  'key.revoked': 'The API key was revoked.',
  'key.expired': 'The API key has expired.',
  'key.scope': 'The API key may not do this.',
  'subscription.required': 'The account has no subscription.',
  'subscription.inactive': 'The account’s subscription is not active, or its period has ended.',
  'subscription.exists':
    'The account is already subscribed to this playlist, channel or feed; `details.subscriptionId` is the subscription.',
  'credits.insufficient': 'The account has fewer credits available than the work would cost.',
  'resource.not_found': 'There is no such thing in this account.',
  'link.unsupported': 'The URL is not a post on a supported platform.',
  'media.not_media': 'The file is not audio or video that can be read.',
  'media.no_audio': 'The file has no audio stream.',
  'media.no_such_track': 'The file has no sound track of the number that was given.',
  'media.truncated': 'The file is cut off: it is shorter than it says itself.',
  'media.too_long': 'The recording is longer than the operator allows.',
  'media.too_large': 'The file is larger than the operator allows.',
  'media.unsupported_codec': 'The audio is encoded in a way that the server cannot decode.',
  'media.decode_failed': 'The audio of the file cannot be decoded.',
  'media.download_failed': 'The media could not be downloaded from its address. The message says why.',
  'media.missing': 'The stored file is gone.',
  'upload.offset': 'The piece does not begin where the upload stands; ask with HEAD where that is.',
  'upload.version': 'The client speaks another version of tus than the server.',
  'upload.type': 'The piece must have the type application/offset+octet-stream.',
  'upload.gone': 'The upload has expired, or what came of it could not be used. Begin it anew.',
  'fetch.private': 'The post is private.',
  'fetch.gone': 'The post was removed, or never was.',
  'fetch.login_required': 'The platform shows the post only to people who are logged in.',
  'fetch.age_restricted': 'The post is age-restricted.',
  'fetch.geo_blocked': 'The post is not available where the server stands.',
  'fetch.live': 'The post is a live stream that has not ended.',
  'fetch.upcoming': 'The post has not been published yet.',
  'fetch.platform_rate_limited': 'The platform limits the server’s requests at the moment.',
  'fetch.address_blocked': 'The platform blocks the server’s address.',
  'fetch.no_video': 'The post has no video.',
  'fetch.no_audio': 'The post’s video has no sound.',
  'fetch.too_long': 'The video is longer than the operator allows.',
  'fetch.too_large': 'The video is larger than the operator allows.',
  'fetch.unsupported_link': 'The downloader does not know this kind of link.',
  'fetch.network': 'The platform could not be reached.',
  'fetch.extractor_outdated': 'The downloader no longer understands the platform and needs an update.',
  'fetch.no_feed':
    'The address is not a playlist, a channel or a feed (RSS, Atom), or nothing in it can be transcribed.',
  'fetch.captions_missing': 'The post has no captions of the wanted kind.',
  'fetch.fetcher_missing': 'The server has no working downloader.',
  'downloader.not_updated': 'The downloader could not be renewed; the one that is there stays in use.',
  'engine.crashed': 'The engine died twice on the same part.',
  'engine.hung': 'The engine did not answer in time, twice, on the same part.',
  'engine.failed': 'The engine refused a part.',
  'engine.unavailable': 'No engine can be started.',
  'model.unknown': 'No such model is installed.',
  'model.in_use': 'The model cannot be removed while it is the default or a worker uses it.',
  'model.language': 'The model does not know the language that was given.',
  'model.no_speakers': 'No models that tell speakers apart are installed.',
  'model.no_translation': 'The model cannot translate.',
  'video.unavailable': 'No worker’s ffmpeg can draw subtitles into a video.',
  'video.no_font': 'The server has no font for some of the characters of the subtitles.',
  'video.too_large': 'The video with subtitles would be larger than a file may be.',
  'transcription.timeout': 'The transcription took longer than the request may.',
  'transcription.under_way':
    'The transcription goes on, but the request’s time is up: come back to it by its id.',
  'transcription.cancelled': 'The transcription was cancelled.',
  'transcription.no_text':
    'The transcription has no text: it has not finished, it failed, or it was cancelled.',
  'transcription.lost': 'The transcription was interrupted too often.',
  'post.platform': 'Earshot cannot post to that platform; the message says what to do instead.',
  'post.account':
    'No account to post to is connected, or it is not clear which one is meant, or its platform refused it.',
  'post.too_long': 'The text is too long for the platform.',
  'post.ended': 'The post is already published, failed or cancelled, or it is being published right now.',
  'idempotency.conflict': 'The Idempotency-Key was used before with another request body.',
  'part.lost': 'The part is no longer this runner’s: another has it, or it is no longer needed.',
  'part.result': 'A runner’s result cannot be right: it is malformed, or its times lie outside the part.',
  'runner.version':
    'The runner and the server speak different versions of the protocol. Update the older one.',
  'rate.limited': 'Too many requests; `retryAfter` says in how many seconds one may pass.',
  'storage.full':
    'There is no room left for media or another version of a transcript, on the server or in the account’s share.',
  'database.unavailable':
    'The server cannot reach its database at the moment; `retryAfter` says in how many seconds to ask again.',
  'storage.unavailable': 'The server cannot reach its media storage at the moment; `retryAfter` as above.',
  'payment.unavailable': 'The payment provider cannot be reached, or refuses.',
  'queue.full': 'Too much work is waiting already; `retryAfter` says in how many seconds to ask again.',
  'queue.share': 'Too much work of the account is waiting already; `retryAfter` as above.',
  'account.limit':
    'The account has reached the limit for this kind of object (`details.limit`). Delete some; waiting does not help.',
  'server.stopping': 'The server is stopping; the work goes on after it has started again.',
  'session.missing': 'Nobody is logged in on this browser, or the session has ended.',
  'session.origin': 'The request comes from another site’s page.',
  'login.failed': 'E-mail address and password do not belong together.',
  'login.throttled': 'Too many failed logins; `retryAfterSeconds` says how long to wait.',
  'invitation.invalid': 'The invitation was used already, or is too old.',
  'role.forbidden': 'This is for the account’s owners, or for the operator.',
  'edit.conflict': 'Somebody else saved the transcript in the meantime.',
  'share.revoked': 'The share link was revoked, or never was.',
  internal: 'Something went wrong inside Earshot. The log has the request id.',
} as const

export type ErrorCode = keyof typeof ERRORS

export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  constructor(
    code: ErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code)
