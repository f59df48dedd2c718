import type { ErrorEntries } from './entry.ts'

/** Of recognising and of what is made of it, and of what is beneath the server. */
export const WORK = {
  'engine.crashed': {
    meaning: 'The engine died twice on the same part.',
    retry: 'later',
    remedy:
      'Try once more. If it dies again, the operator checks the memory of the machine and runs `earshot doctor`.',
  },
  'engine.hung': {
    meaning: 'The engine did not answer in time, twice, on the same part.',
    retry: 'later',
    remedy:
      'Try again when less is running. The operator lowers `EARSHOT_SLOTS`, or, for an engine elsewhere, raises `EARSHOT_ENGINE_TIMEOUT`.',
  },
  'engine.failed': {
    meaning: 'The engine refused a part.',
    retry: 'later',
    remedy: 'Try once more. If it fails again, give the operator the request id: the log says what failed.',
  },
  'engine.unavailable': {
    meaning: 'No engine can be started.',
    retry: 'later',
    remedy: 'The operator runs `earshot doctor`, which says what is missing.',
  },
  'model.unknown': {
    meaning: 'No such model is installed.',
    retry: 'no',
    remedy:
      'Name one that the message or `GET /v1/models` lists, or none. The operator installs others with `earshot models pull`.',
  },
  'model.in_use': {
    meaning: 'The model cannot be removed while it is the default or a worker uses it.',
    retry: 'no',
    remedy: 'Make another one the default with `earshot models use`, restart the workers, then remove it.',
  },
  'model.language': {
    meaning: 'The model does not know the language that was given.',
    retry: 'no',
    remedy: 'Name another model or language; `GET /v1/capabilities` lists what each model knows.',
  },
  'model.no_speakers': {
    meaning: 'No models that tell speakers apart are installed.',
    retry: 'no',
    remedy: 'Ask without speakers. The operator installs them with `earshot models pull diarization`.',
  },
  'model.no_translation': {
    meaning: 'The model cannot translate.',
    retry: 'no',
    remedy: 'Name a model that can, such as a multilingual Whisper, or ask for a transcription.',
  },
  'transcription.timeout': {
    meaning: 'The transcription took longer than the request may, and was given up.',
    retry: 'later',
    remedy:
      'Use `POST /v1/transcriptions`, which answers at once and has no such limit. The operator can raise `EARSHOT_REQUEST_TIMEOUT`.',
  },
  'transcription.under_way': {
    meaning: 'The transcription goes on, but the request’s time is up.',
    retry: 'no',
    remedy:
      'Get it from `GET /v1/transcriptions/{id}`; `details.transcriptionId` or the header `Location` has its id. A new request would begin it again.',
  },
  'transcription.cancelled': {
    meaning: 'The transcription was cancelled.',
    retry: 'later',
    remedy: 'If you still need it, send a new request.',
  },
  'transcription.no_text': {
    meaning: 'The transcription has no text: it has not finished, it failed, or it was cancelled.',
    retry: 'later',
    remedy:
      'Get the transcription and see its `state`: wait while it is queued or running, else read its `error`.',
  },
  'transcription.lost': {
    meaning: 'The transcription was interrupted too often.',
    retry: 'later',
    remedy:
      'Try once more. If it is lost again, the operator reads the log: the server died while it worked on it.',
  },
  'video.unavailable': {
    meaning: 'No worker’s ffmpeg can draw subtitles into a video.',
    retry: 'no',
    remedy: 'The operator installs an ffmpeg with libass and libx264; `earshot doctor` says what is missing.',
  },
  'video.no_font': {
    meaning: 'The server has no font for some of the characters of the subtitles.',
    retry: 'no',
    remedy: 'The operator installs one, such as fonts-noto-core and fonts-noto-cjk on Debian.',
  },
  'video.too_large': {
    meaning: 'The video with subtitles would be larger than a file may be.',
    retry: 'no',
    remedy: 'Upload the recording in parts, or smaller. The operator can raise `EARSHOT_MAX_UPLOAD_MB`.',
  },
  'post.platform': {
    meaning: 'Earshot cannot post to that platform.',
    retry: 'no',
    remedy: 'Connect an account of the kind `webhook`, and let an automation behind it publish.',
  },
  'post.account': {
    meaning:
      'No account to post to is connected, or it is not clear which one is meant, or its platform refused it.',
    retry: 'no',
    remedy:
      'Connect the account again with `POST /v1/post-accounts`, or name one; the message says what is wrong.',
  },
  'post.too_long': {
    meaning: 'The text is too long for the platform.',
    retry: 'no',
    remedy: 'Shorten it; `details.limit` is the longest that is taken.',
  },
  'post.ended': {
    meaning: 'The post is already published, failed or cancelled, or it is being published right now.',
    retry: 'no',
    remedy: 'Get the post to see its state, and make a new one if you need it.',
  },
  'part.lost': {
    meaning: 'The part is no longer this runner’s: another has it, or it is no longer needed.',
    retry: 'no',
    remedy: 'Drop it and ask for the next one. `earshot runner` does so by itself.',
  },
  'part.result': {
    meaning: 'A runner’s result cannot be right: it is malformed, or its times lie outside the part.',
    retry: 'no',
    remedy: 'Correct the program that made it. Of `earshot runner` this is a bug: please report it.',
  },
  'runner.version': {
    meaning: 'The runner and the server speak different versions of the protocol.',
    retry: 'no',
    remedy: 'Update the older one, so that both have the same version of Earshot.',
  },
  'rate.limited': {
    meaning: 'Too many requests.',
    retry: 'after',
    remedy:
      'Wait, then send the request again; spread requests to stay below the limit. The operator sets it with `EARSHOT_RATE_LIMITS`.',
  },
  'queue.full': {
    meaning: 'Too much work is waiting on this server already.',
    retry: 'after',
    remedy: 'Wait, then send the request again. The operator adds workers, or raises `EARSHOT_QUEUE`.',
  },
  'queue.share': {
    meaning: 'Too much work of the account is waiting already.',
    retry: 'after',
    remedy: 'Send it again when some of your work has ended. The operator can raise `EARSHOT_ACCOUNT_QUEUE`.',
  },
  'account.limit': {
    meaning: 'The account has reached the limit for this kind of object (`details.limit`).',
    retry: 'no',
    remedy: 'Delete some of them first; waiting does not help.',
  },
  'storage.full': {
    meaning:
      'There is no room left for media or another version of a transcript, on the server or in the account’s share.',
    retry: 'no',
    remedy:
      'Delete recordings that you no longer need. The operator makes room on the disk, or raises `EARSHOT_ACCOUNT_MB`.',
  },
  'storage.unavailable': {
    meaning: 'The server cannot reach its media storage at the moment.',
    retry: 'after',
    remedy: 'Wait, then send the request again. If it lasts, the operator runs `earshot doctor`.',
  },
  'database.unavailable': {
    meaning: 'The server cannot reach its database at the moment.',
    retry: 'after',
    remedy: 'Wait, then send the request again. If it lasts, the operator runs `earshot doctor`.',
  },
  'server.stopping': {
    meaning: 'The server is stopping. Work that was accepted goes on when it has started again.',
    retry: 'later',
    remedy:
      'Send the request again in a minute, with the same `Idempotency-Key`, so that nothing is done or charged twice.',
  },
  internal: {
    meaning: 'Something went wrong inside Earshot.',
    retry: 'later',
    remedy:
      'Try again. If it stays like this, give the operator the request id (`x-request-id`), under which the log says what happened.',
  },
} as const satisfies ErrorEntries
