/** What the server says is wrong, by its code. In English the page shows the server’s own sentence, which has the details. */
export default {
  codes: {
    subscription: {
      required: 'The account has no subscription.',
      inactive: 'The account’s subscription is not active.',
      exists: 'You are already subscribed to this list.',
    },
    credits: {
      insufficient: 'There are not enough credits.',
    },
    resource: {
      not_found: 'This is not there, or no longer.',
    },
    link: {
      unsupported: 'This link is not a post on a supported platform.',
    },
    media: {
      not_media: 'The file is not audio or video that can be read.',
      no_audio: 'The file has no sound.',
      truncated: 'The file is cut off: it is shorter than it says itself.',
      too_long: 'The recording is longer than this server allows.',
      too_large: 'The file is larger than this server allows.',
      unsupported_codec: 'The sound is encoded in a way that the server cannot read.',
      decode_failed: 'The sound of the file cannot be read.',
      missing: 'The recording is no longer stored here.',
    },
    upload: {
      gone: 'The upload has expired. Begin it again.',
    },
    fetch: {
      private: 'The post is private.',
      gone: 'The post was removed, or never was.',
      login_required: 'The platform shows this post only to people who are logged in.',
      age_restricted: 'The post is age-restricted.',
      geo_blocked: 'The post is not available in the server’s country.',
      live: 'The post is a live stream that has not ended.',
      upcoming: 'The post has not been published yet.',
      platform_rate_limited: 'The platform limits this server’s requests at the moment. Try again later.',
      address_blocked: 'The platform blocks this server’s address.',
      no_video: 'The post has no video.',
      no_audio: 'The video of the post has no sound.',
      too_long: 'The video is longer than this server allows.',
      too_large: 'The video is larger than this server allows.',
      unsupported_link: 'The downloader does not know this kind of link.',
      network: 'The platform could not be reached.',
      extractor_outdated: 'The downloader no longer understands the platform and needs an update.',
      no_feed: 'The address is not a playlist, a channel or a feed, or nothing in it can be transcribed.',
      captions_missing: 'The post has no captions of the wanted kind.',
      fetcher_missing: 'The server has no working downloader.',
    },
    downloader: {
      not_updated: 'The downloader could not be updated. The one that is there stays in use.',
    },
    engine: {
      crashed: 'The speech engine failed twice on the same part.',
      hung: 'The speech engine did not answer in time.',
      failed: 'The speech engine could not transcribe a part.',
      unavailable: 'No speech engine can be started.',
    },
    model: {
      unknown: 'No such model is installed.',
      in_use: 'The model is in use and cannot be removed.',
      language: 'The model does not know this language.',
      no_speakers: 'The models that tell speakers apart are not installed.',
      no_translation: 'The model cannot translate.',
    },
    video: {
      unavailable: 'The server’s ffmpeg cannot draw subtitles into videos.',
      no_font: 'The server has no font for some letters of the subtitles.',
      too_large: 'The video would be larger than this server allows.',
    },
    transcription: {
      timeout: 'The transcription took too long and was given up. Nothing was charged.',
      cancelled: 'The transcription was cancelled.',
      no_text: 'The transcription has no text.',
      lost: 'The transcription was interrupted too often.',
    },
    post: {
      too_long: 'The text is too long for the platform.',
      ended: 'The post is already published, failed or cancelled, or is being published right now.',
    },
    request: {
      too_large: 'This is more than the server takes at once.',
    },
    rate: {
      limited: 'Too many requests. Try again in a moment.',
    },
    storage: {
      full: 'There is no room left for recordings.',
      unavailable: 'The server cannot reach its storage at the moment. Try again in a moment.',
    },
    database: {
      unavailable: 'The server cannot reach its database at the moment. Try again in a moment.',
    },
    payment: {
      unavailable: 'The payment provider cannot be reached, or refuses.',
    },
    queue: {
      full: 'Too much work is waiting on this server. Try again later.',
      share: 'Too much of your work is waiting. Try again when some is done.',
    },
    account: {
      limit: 'The account can have no more of these. Delete some first.',
    },
    server: {
      stopping: 'The server is stopping. The work goes on when it has started again.',
    },
    session: {
      missing: 'Nobody is logged in on this browser, or the session has ended. Please log in.',
      origin: 'The request comes from another site’s page.',
    },
    login: {
      failed: 'E-mail address and password do not belong together.',
      throttled: 'Too many failed logins. Wait a while before you try again.',
    },
    invitation: {
      invalid: 'The invitation was used already, or is too old.',
    },
    role: {
      forbidden: 'Only the account’s owners, or the operator, may do this.',
    },
    edit: {
      conflict: 'Somebody else saved the transcript in the meantime.',
    },
    share: {
      revoked: 'This link no longer works. Ask whoever sent it for a new one.',
    },
    internal: 'Something went wrong inside Earshot. The log has the details.',
  },
} as const
