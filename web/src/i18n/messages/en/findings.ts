/** What `earshot doctor` finds, by its code. In English the page shows the server’s own sentence, which has the details. */
export default {
  names: {
    folder: 'Data folder',
    engine: 'Engine',
    auto: 'Model “auto”',
    js: 'JavaScript for yt-dlp',
    workers: 'Workers',
    runner: 'Runner {name}',
  },
  says: {
    old: '{version}, which is too old',
    tool: {
      missing: 'Not on the PATH; nothing can be transcribed without it',
      fails: 'Does not run: {error}',
    },
    onnx: {
      missing: 'Not installed',
      platform: 'Not available for {platform}',
    },
    folder: {
      free: '{path}, {free, number} GB free',
    },
    engine: {
      device: '{model} on {device}',
      server: '{model} from the server {server}, which answers',
      standIn: 'PocketSphinx, a stand-in: English only, and rough',
    },
    ytdlp: {
      none: 'None; links cannot be transcribed',
      found:
        '{version} ({source, select, managed {managed by Earshot} operator {EARSHOT_YTDLP} other {PATH}}, {days, plural, one {# day} other {# days}} old)',
    },
    js: {
      none: 'None; YouTube serves some videos only where yt-dlp has one: npm install --global deno',
    },
    workers: {
      counts:
        '{all, number} for everything, {fetch, number} only to fetch, {recognise, number} only to recognise',
    },
    runner: {
      unseen: 'Has never asked for work',
      seen: '{models} on {host}, version {version}{speed, plural, =0 {} other {, # times real time}}, {minutes, number} min of sound, last seen {seconds, number} s ago',
      refused:
        'Its last result was refused ({fault}). {models} on {host}, version {version}{speed, plural, =0 {} other {, # times real time}}, {minutes, number} min of sound, last seen {seconds, number} s ago',
    },
    auto: {
      plan: '{plan}; otherwise {rest}',
    },
  },
  cures: {
    node: 'Install Node.js 20.19 or later.',
    ffmpeg: 'Install ffmpeg 5 or later, which comes with ffprobe: apt install ffmpeg, brew install ffmpeg.',
    onnx: {
      missing: 'Install it: {command}',
      platform: 'Use Linux with glibc, macOS or Windows, on x64 or arm64.',
    },
    folder: {
      full: 'Free some space: less than 1 GB is left.',
      closed: 'Set EARSHOT_DATA_DIR to a folder that Earshot can write to.',
    },
    engine: {
      none: '“earshot models list” shows what EARSHOT_MODEL can name; “earshot models pull whisper-base” fetches a model.',
      standIn: 'Fetch a real model: earshot models pull whisper-base.',
    },
    ytdlp: {
      none: 'Fetch it with “earshot yt-dlp update”, or set EARSHOT_YTDLP to one from 2025.11.12 or later.',
      old: 'Update it with “earshot yt-dlp update”: platforms change, and old versions stop working.',
    },
    workers: {
      recognise: 'No worker recognises, and new work waits. Start one: earshot worker --only recognise.',
      fetch: 'No worker fetches recordings, and new work waits. Start one: earshot worker --only fetch.',
      fetchFor:
        'No worker fetches for {models}, and new work for them waits. Start one: earshot worker --only fetch.',
    },
    runner:
      'Check that the same program runs there as on the server, and that its model is complete. The next good result clears this.',
  },
} as const
