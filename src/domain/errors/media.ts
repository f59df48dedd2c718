import type { ErrorEntries } from './entry.ts'

/** Of recordings, of uploads, and of links and what is behind them. */
export const MEDIA = {
  'media.not_media': {
    meaning: 'The file is not audio or video that can be read.',
    retry: 'no',
    remedy: 'Send a recording, for example MP3, M4A, WAV, MP4 or WebM, and check that it plays.',
  },
  'media.no_audio': {
    meaning: 'The file has no audio stream.',
    retry: 'no',
    remedy: 'Send a file that has sound.',
  },
  'media.no_such_track': {
    meaning: 'The file has no sound track of the number that was given.',
    retry: 'no',
    remedy: 'Choose a track that the file has, or leave it to the server.',
  },
  'media.truncated': {
    meaning: 'The file is cut off: it is shorter than it says itself.',
    retry: 'no',
    remedy: 'Upload the whole file again. If it is damaged, export it again first.',
  },
  'media.too_long': {
    meaning: 'The recording is longer than the operator allows.',
    retry: 'no',
    remedy: 'Cut it into shorter files. The operator can raise `EARSHOT_MAX_MINUTES`.',
  },
  'media.too_large': {
    meaning: 'The file is larger than the operator allows.',
    retry: 'no',
    remedy:
      'Send its sound alone, or compress it, for example to M4A or Opus. The operator can raise `EARSHOT_MAX_UPLOAD_MB`.',
  },
  'media.unsupported_codec': {
    meaning: 'The audio is encoded in a way that the server cannot decode.',
    retry: 'no',
    remedy: 'Convert it, for example to WAV, FLAC, MP3 or AAC.',
  },
  'media.decode_failed': {
    meaning: 'The audio of the file cannot be decoded.',
    retry: 'no',
    remedy: 'The file is damaged: export or convert it again, and upload the result.',
  },
  'media.download_failed': {
    meaning: 'The media could not be downloaded from its address. The message says why.',
    retry: 'later',
    remedy:
      'Check that the address is public and answers without a login, then try again; or upload the file.',
  },
  'media.missing': {
    meaning: 'The stored file is gone.',
    retry: 'no',
    remedy: 'Upload the recording again.',
  },
  'upload.offset': {
    meaning: 'The piece does not begin where the upload stands.',
    retry: 'no',
    remedy: 'Ask with `HEAD` for `Upload-Offset`, and go on from there.',
  },
  'upload.version': {
    meaning: 'The client speaks another version of tus than the server.',
    retry: 'no',
    remedy: 'Send the version that the header `Tus-Version` names as `Tus-Resumable`.',
  },
  'upload.type': {
    meaning: 'The piece has another type than `application/offset+octet-stream`.',
    retry: 'no',
    remedy: 'Send it with `Content-Type: application/offset+octet-stream`.',
  },
  'upload.gone': {
    meaning: 'The upload has expired, was taken back, or what came of it could not be used.',
    retry: 'no',
    remedy: 'Begin a new upload. The operator decides with `EARSHOT_UPLOAD_HOURS` how long one may rest.',
  },
  'link.unsupported': {
    meaning: 'The URL is not a post on a supported platform.',
    retry: 'no',
    remedy: 'Copy the link of a single public post, or download the media and upload it.',
  },
  'fetch.private': {
    meaning: 'The post is private.',
    retry: 'no',
    remedy: 'Ask its author to publish it, or for the file, and upload that.',
  },
  'fetch.gone': {
    meaning: 'The post was removed, or never was.',
    retry: 'no',
    remedy: 'Check the link.',
  },
  'fetch.login_required': {
    meaning: 'The platform shows the post only to people who are logged in.',
    retry: 'no',
    remedy: 'Upload the file instead. The operator can log in to the platform with `EARSHOT_YTDLP_COOKIES`.',
  },
  'fetch.age_restricted': {
    meaning: 'The post is age-restricted.',
    retry: 'no',
    remedy: 'Upload the file instead. The operator can log in to the platform with `EARSHOT_YTDLP_COOKIES`.',
  },
  'fetch.geo_blocked': {
    meaning: 'The post is not available where the server stands.',
    retry: 'no',
    remedy:
      'Upload the file instead. The operator can ask the platforms from elsewhere with `EARSHOT_YTDLP_PROXY`.',
  },
  'fetch.live': {
    meaning: 'The post is a live stream that has not ended.',
    retry: 'later',
    remedy: 'Try again when the stream has ended and its recording is up.',
  },
  'fetch.upcoming': {
    meaning: 'The post has not been published yet.',
    retry: 'later',
    remedy: 'Try again when it is published.',
  },
  'fetch.platform_rate_limited': {
    meaning: 'The platform limits the server’s requests at the moment.',
    retry: 'later',
    remedy: 'Try again later. If it happens often, the operator lowers `EARSHOT_JOBS`.',
  },
  'fetch.address_blocked': {
    meaning: 'The platform blocks the server’s address.',
    retry: 'no',
    remedy:
      'Upload the file instead. The operator can use another address (`EARSHOT_YTDLP_PROXY`) or log in (`EARSHOT_YTDLP_COOKIES`).',
  },
  'fetch.no_video': {
    meaning: 'The post has no video.',
    retry: 'no',
    remedy: 'Check that the link leads to the video itself.',
  },
  'fetch.no_audio': {
    meaning: 'The post’s video has no sound.',
    retry: 'no',
    remedy: 'There is nothing to transcribe; choose another post.',
  },
  'fetch.too_long': {
    meaning: 'The video is longer than the operator allows.',
    retry: 'no',
    remedy: 'Upload the part that you need. The operator can raise `EARSHOT_MAX_MINUTES`.',
  },
  'fetch.too_large': {
    meaning: 'The video is larger than the operator allows.',
    retry: 'no',
    remedy: 'Upload its sound alone. The operator can raise `EARSHOT_MAX_UPLOAD_MB`.',
  },
  'fetch.unsupported_link': {
    meaning:
      'The post leads to a video outside its platform, or the downloader does not know this kind of link.',
    retry: 'no',
    remedy: 'Use the link of the video where it was published first.',
  },
  'fetch.network': {
    meaning: 'The platform could not be reached, or the connection broke.',
    retry: 'later',
    remedy:
      'Try again in a minute. If it stays like this, the operator runs `earshot doctor` and reads the log.',
  },
  'fetch.extractor_outdated': {
    meaning: 'The downloader no longer understands the platform and needs an update.',
    retry: 'later',
    remedy:
      'The operator runs `earshot yt-dlp update`. If that is the newest, `EARSHOT_YTDLP_CHANNEL=nightly` gets repairs first.',
  },
  'fetch.no_feed': {
    meaning:
      'The address is not a playlist, a channel or a feed (RSS, Atom), or nothing in it can be transcribed.',
    retry: 'no',
    remedy:
      'Use the address of the list itself; a single post is transcribed with `POST /v1/transcriptions`.',
  },
  'fetch.captions_missing': {
    meaning: 'The post has no captions of the wanted kind.',
    retry: 'no',
    remedy: 'Ask with `mode` `auto` or `speech`, so that its sound is transcribed.',
  },
  'fetch.fetcher_missing': {
    meaning: 'The server has no working downloader.',
    retry: 'later',
    remedy: 'The operator runs `earshot doctor`, which says what is wrong, and `earshot yt-dlp update`.',
  },
  'downloader.not_updated': {
    meaning: 'The downloader could not be renewed; the one that is there stays in use.',
    retry: 'later',
    remedy: 'Try again later, or run `earshot yt-dlp update` on the server. The log says why.',
  },
} as const satisfies ErrorEntries
