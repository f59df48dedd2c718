/** Every setting, once: parsed here, documented by docs/configuration.md (made from this file). */
import { z } from 'zod'
import { WORKER_ROLES } from '../domain/workers/roles.ts'
import { defaultDataFolder } from './data-folder.ts'
import { plans } from './plans.ts'
import {
  hostPort,
  hostsMaybePorts,
  modelNames,
  networks,
  origins,
  otherApis,
  priceRule,
  rates,
  url,
  whole,
} from './values.ts'
import { readYtDlpArguments } from './yt-dlp-arguments.ts'

export const schema = z.object({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  PORT: whole(0, 65_535).prefault('8080').describe('Port to listen on; 0 takes a free one.'),
  EARSHOT_PUBLIC_URL: url('http:', 'https:')
    .transform((text) => new URL(text).origin)
    .optional()
    .describe(
      'The address under which people reach the server, where it differs from `HOST` and `PORT`: behind a ' +
        'reverse proxy. With https:// the cookies are sent over https only.',
    ),
  EARSHOT_TRUSTED_PROXIES: networks
    .optional()
    .describe(
      'Addresses or networks (`10.0.0.0/8`) of reverse proxies, separated by commas. Their ' +
        '`X-Forwarded-*` headers are believed.',
    ),
  EARSHOT_LOGIN_HEADER: z
    .string()
    .regex(/^[\w-]+$/, 'must be the name of a header')
    .transform((name) => name.toLowerCase())
    .optional()
    .describe(
      'The header in which a trusted proxy with a login of its own says the e-mail address of who is there, ' +
        'for example `X-Forwarded-Email`. Unset: people log in with Earshot.',
    ),
  EARSHOT_CORS: origins
    .optional()
    .describe(
      'Whose pages may call the APIs from a browser: `*`, or origins (`https://app.example.com`), separated by ' +
        'commas. Unset: none.',
    ),
  EARSHOT_APIS_OFF: otherApis
    .prefault('')
    .describe(
      'Which APIs of other tools are not served: `asr` (whisper-asr-webservice), `inference` (whisper.cpp), ' +
        '`listen` (Deepgram), `mcp`; separated by commas.',
    ),
  EARSHOT_DATA_DIR: z
    .string()
    .min(1)
    .optional()
    .transform((folder) => folder ?? defaultDataFolder())
    .describe(
      'Folder of the database, the media, the models and the managed tools. Unset: `data` of a checkout; of an ' +
        'installed package `~/.local/share/earshot` (`$XDG_DATA_HOME`), `~/Library/Application Support/earshot` on ' +
        'macOS, `%LOCALAPPDATA%\\earshot` on Windows.',
    ),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe('PostgreSQL to use. Unset: SQLite in the data folder.'),
  EARSHOT_DATABASE_CONNECTIONS: whole(1, 1000)
    .prefault('10')
    .describe(
      'Connections to PostgreSQL that a process opens at most, besides one that only listens, and one for `/readyz` and `/metrics`.',
    ),
  EARSHOT_DATABASE_TIMEOUT: whole(1, 3600)
    .prefault('20')
    .describe(
      'Seconds that a statement may take in PostgreSQL, and that a request waits for one of the ' +
        "process's own connections while the database works. Connecting is limited to this, and to 5 s. " +
        'A transaction that does nothing ends after half of that, ' +
        'waiting for a row after three quarters, and waiting for an answer after a quarter more.',
    ),
  EARSHOT_MEDIA_URL: url('s3:')
    .optional()
    .describe(
      '`s3://bucket/prefix` for media, with the usual `AWS_*` settings and `AWS_ENDPOINT_URL`. ' +
        'Unset: the data folder.',
    ),
  EARSHOT_MEDIA_TIMEOUT: whole(1, 3600)
    .prefault('15')
    .describe('Seconds that an `s3://` storage may keep silent before it is asked again.'),
  EARSHOT_SERVER: url('http:', 'https:')
    .optional()
    .describe(
      'A server that `earshot transcribe` and `earshot watch` send their work to, and that `earshot mcp` ' +
        'speaks for, as `--server` does.',
    ),
  EARSHOT_KEY: z.string().min(1).optional().describe('The API key for `EARSHOT_SERVER`, as `--key`.'),
  EARSHOT_RUNNER_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe('The token of `earshot runner` for `EARSHOT_SERVER`, as `--token`.'),
  EARSHOT_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A name of the catalogue (`earshot models list`); `auto`, the best of those that are installed for the ' +
        'language of each recording; or the path of a folder with a model. Unset: what is installed, else the default model is fetched.',
    ),
  EARSHOT_MODELS_URL: url('https:', 'http:')
    .optional()
    .describe('Where models are fetched from instead of their publishers’ addresses: a mirror of yours.'),
  EARSHOT_HUB_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A token of an account on Hugging Face, for models that are not public (`earshot models add`). Sent there and ' +
        'to `EARSHOT_MODELS_URL` only; a redirect to another host does not get it. Default: `HF_TOKEN`.',
    ),
  HF_TOKEN: z
    .string()
    .min(1)
    .optional()
    .describe('The same for all programs that use the hub. It is never sent to `EARSHOT_MODELS_URL`.'),
  EARSHOT_TAGGER: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A folder with an audio tagger as sherpa-onnx publishes them; `likelyLyrics` then listens for music too.',
    ),
  EARSHOT_SLOTS: whole(1, 256)
    .optional()
    .describe(
      'Engine processes on this machine, or requests at the same time to `EARSHOT_ENGINE_URL`. ' +
        'Unset: one a core, for Whisper one for eight cores; four requests.',
    ),
  EARSHOT_THREADS: whole(1, 64)
    .optional()
    .describe('Threads of each engine process. Unset: 1; for Whisper the cores, shared by its slots.'),
  EARSHOT_LOADED_MODELS: whole(1, 16)
    .prefault('2')
    .describe(
      'Models in memory at the same time: the default one, and others that requests name. 1: none can be named.',
    ),
  EARSHOT_MODEL_NAMES: modelNames
    .prefault('')
    .describe(
      'Further names of installed models, for clients that cannot change what they send: ' +
        '`whisper-large-v3=parakeet-v3, scribe=whisper-base`.',
    ),
  EARSHOT_DEVICE: z
    .enum(['auto', 'cpu', 'cuda', 'coreml', 'webgpu'])
    .default('auto')
    .describe('Where Whisper is computed. auto: cuda where its libraries are installed, else cpu.'),
  EARSHOT_BEAM_SIZE: whole(1, 5)
    .prefault('3')
    .describe(
      'Candidate texts that Whisper weighs in parts that it is unsure of, 1 to 5, like faster-whisper’s `beam_size`. ' +
        'Fewer are faster but less accurate, above all in languages other than English: see docs/engines.md.',
    ),
  EARSHOT_HOTWORDS: z
    .enum(['on', 'off'])
    .default('off')
    .describe(
      'on: transducers (Parakeet, Zipformer) look out for the words and names of a request’s `prompt`; ' +
        'every part then takes longer.',
    ),
  EARSHOT_ENGINE_URL: url('https:', 'http:')
    .refine((text) => {
      const { username, password } = new URL(text)
      return username === '' && password === ''
    }, 'must not carry a user name or password; a key belongs into EARSHOT_ENGINE_KEY')
    .optional()
    .describe(
      'A server with `POST /v1/audio/transcriptions` that recognises instead of this machine; docs/engines.md.',
    ),
  EARSHOT_ENGINE_KEY: z.string().min(1).optional().describe('Its API key, sent as a bearer token.'),
  EARSHOT_ENGINE_MODEL: z.string().min(1).default('whisper-1').describe('The model that it is asked for.'),
  EARSHOT_ENGINE_TIMEOUT: whole(1, 3600)
    .prefault('180')
    .describe('Seconds that it may take for a part of up to 30 s, before it is asked once more.'),
  EARSHOT_ENGINE_SPLITTER: z
    .enum(['silero', 'energy', 'fixed'])
    .default('silero')
    .describe('How recordings are cut for it: at pauses in speech, at quiet places, or every 30 s.'),
  EARSHOT_JOBS: whole(1, 1000)
    .optional()
    .describe(
      'Transcriptions that are heard side by side here, sharing the slots, and as many that are downloaded. Unset: twice the slots and two.',
    ),
  EARSHOT_WORKER_ROLE: z
    .enum(WORKER_ROLES)
    .default('all')
    .describe(
      'What `earshot worker` does; `--only` sets the same. `fetch`: downloads, decodes and hands parts over; ' +
        '`recognise`: transcribes parts that others hand over, and connects only to the database and the storage; `all`: both.',
    ),
  EARSHOT_WORKER_MODELS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((each) => each.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string()).min(1, 'must be model names, separated by commas'))
    .optional()
    .describe(
      'Models that `earshot worker` uses, separated by commas; `--models` sets the same. It loads the default model at ' +
        'once if that is one of them, otherwise the first. Requests for other models are left to other workers; so are ' +
        'requests that name no model, unless the default model is one of them. Unset: all models that are installed.',
    ),
  EARSHOT_ACCOUNT_JOBS: whole(0, 10_000)
    .prefault('0')
    .describe(
      'Transcriptions of one account that run at the same time, on all machines: so many that need no download, and as many that do; 0: any number.',
    ),
  EARSHOT_QUEUE: whole(1, 1_000_000)
    .prefault('2000')
    .describe('Transcriptions that may wait; more are refused with 503 and `Retry-After`.'),
  EARSHOT_ACCOUNT_QUEUE: whole(1, 1_000_000)
    .prefault('1000')
    .describe('Transcriptions of one account that may wait; more are refused with 429 and `Retry-After`.'),
  EARSHOT_YTDLP: z.string().min(1).optional().describe('A yt-dlp command to run instead of the managed one.'),
  EARSHOT_YTDLP_UPDATES: z
    .enum(['daily', 'off'])
    .default('daily')
    .describe(
      'Whether yt-dlp’s official build is fetched and renewed, verified, where `EARSHOT_YTDLP` is not set. ' +
        '`off`: only by `earshot yt-dlp update`.',
    ),
  EARSHOT_YTDLP_CHANNEL: z
    .enum(['stable', 'nightly'])
    .default('stable')
    .describe('Which of yt-dlp’s releases: `stable` comes about monthly, `nightly` on most days.'),
  EARSHOT_YTDLP_COOKIES: z
    .string()
    .min(1)
    .optional()
    .describe('A file of cookies (Netscape format) with which yt-dlp is logged in to the platforms.'),
  EARSHOT_YTDLP_PROXY: url('http:')
    .optional()
    .describe(
      'An HTTP proxy, `http://[user:password@]host:port`, through which the platforms are asked. ' +
        'The guard stands before it.',
    ),
  EARSHOT_YTDLP_ARGS: z
    .string()
    .transform((text, ctx): readonly string[] => {
      const args = text.trim() === '' ? [] : readYtDlpArguments(text)
      if (!('fault' in args)) return args
      ctx.addIssue({ code: 'custom', message: args.fault })
      return z.NEVER
    })
    .optional()
    .describe('Further arguments for yt-dlp; docs/social-video.md lists those that are allowed.'),
  EARSHOT_EGRESS_DIAL: hostPort
    .optional()
    .describe(
      'HOST:PORT that the guard connects to instead of the address it resolved (a gateway of yours).',
    ),
  EARSHOT_EGRESS_CA: z.string().min(1).optional().describe('A file of CA certificates to trust as well.'),
  EARSHOT_WEBHOOK_ALLOW: hostsMaybePorts
    .optional()
    .describe(
      'HOST or HOST:PORT, separated by commas: webhook receivers in your own network, which the guard would ' +
        'refuse. Plain http will do for them. Without a port: 443 for https and 80 for http, no other.',
    ),
  EARSHOT_POST_ALLOW: hostsMaybePorts
    .optional()
    .describe(
      'HOST or HOST:PORT, separated by commas: Mastodon and Bluesky servers and webhooks for posts in your own ' +
        'network, as above.',
    ),
  EARSHOT_SECRET_KEY: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe(
      'What the tokens and passwords of accounts to post to are sealed with in the database (AES-256-GCM). Unset: a ' +
        'key that is made in the data folder (`secret.key`). Several machines need the same one.',
    ),
  EARSHOT_REQUEST_TIMEOUT: whole(1, 86_400)
    .prefault('590')
    .describe('Seconds that a blocking request may take; then 504, and nothing is charged.'),
  EARSHOT_MAX_UPLOAD_MB: whole(1, 1_000_000).prefault('2048').describe('Largest upload or download, MB.'),
  EARSHOT_UPLOAD_HOURS: whole(1, 8760)
    .prefault('24')
    .describe('Hours after its last byte for which a resumable upload can be continued.'),
  EARSHOT_ACCOUNT_MB: whole(0, 1_000_000_000)
    .prefault('0')
    .describe(
      'What the media of one account, its videos with subtitles and the earlier versions of its edited transcripts may take together, MB; 0: as much as there is room.',
    ),
  EARSHOT_RETENTION_DAYS: whole(0, 36_500)
    .prefault('0')
    .describe('Days after which media files are removed; their transcripts stay. 0: never.'),
  EARSHOT_TRANSCRIPT_DAYS: whole(0, 36_500)
    .prefault('0')
    .describe(
      'Days after which finished transcriptions, posts and unchanged drafts are removed, with their text. 0: never.',
    ),
  EARSHOT_BIN_DAYS: whole(0, 3650)
    .prefault('30')
    .describe('Days for which a transcription in the bin can be restored; then it is deleted for good.'),
  EARSHOT_MAX_MINUTES: whole(1, 100_000).prefault('1440').describe('Longest recording, minutes.'),
  EARSHOT_PRICE_SOSCRIPTED: priceRule
    .prefault('1')
    .describe('Credits of a request to `/api/public/transcribe`: `1`, or a started minute: `1/min`.'),
  EARSHOT_PRICE_SOKU: priceRule.prefault('1/min').describe('Credits of a transcription through `/v1`.'),
  EARSHOT_REUSE_HOURS: whole(0, 87_600)
    .prefault('24')
    .describe('Hours for which the transcript of a link answers the same request again; 0: never.'),
  EARSHOT_REUSE_PRICE: z
    .enum(['full', 'free'])
    .default('full')
    .describe('What such an answer costs: the usual price, or nothing.'),
  EARSHOT_CAPTIONS: z
    .enum(['auto', 'speech'])
    .default('auto')
    .describe(
      'What becomes of links that name no mode: `auto` takes the platform’s human captions where there are any, ' +
        '`speech` always recognises.',
    ),
  EARSHOT_IDEMPOTENCY_HOURS: whole(1, 8760)
    .prefault('24')
    .describe('Hours for which an `Idempotency-Key` stands for what was first asked under it.'),
  EARSHOT_RATE_LIMITS: rates
    .prefault('')
    .describe(
      'Requests in any 60 s through `/v1`: `off`, or what differs from `default=25+10, authenticated=60+30, ' +
        'premium=100+100, admin=200+500, transcribe=10, media=30, posts=30`; after the plus sign the burst on top.',
    ),
  EARSHOT_PLANS: plans.describe(
    'A JSON file with the plans and packs of credits that accounts can have; docs/money.md shows one. ' +
      'Unset: Starter, Pro and Agency, given by the operator.',
  ),
  EARSHOT_STRIPE_KEY: z
    .string()
    .regex(/^[sr]k_/, 'must be a secret or restricted key of Stripe')
    .optional()
    .describe('Stripe’s secret key: plans and packs with a `priceId` are then for sale.'),
  EARSHOT_STRIPE_WEBHOOK_SECRET: z
    .string()
    .startsWith('whsec_', 'must be the signing secret of the webhook')
    .optional()
    .describe('The signing secret of the webhook that Stripe sends to `/v1/payments/webhook`.'),
  EARSHOT_DRAIN: whole(0, 3600)
    .prefault('20')
    .describe('Seconds that running parts may still take when the server is stopped.'),
  EARSHOT_LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'])
    .default('info')
    .describe('How much is logged.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http:', 'https:')
    .optional()
    .describe(
      'An OpenTelemetry collector (OTLP over HTTP, usually port 4318) to send traces to, from the request to the webhook. ' +
        'The other `OTEL_*` settings for the exporter, the sampler and the resource apply as well. Unset: nothing is traced.',
    ),
  EARSHOT_REQUEST_LOG: z
    .enum(['on', 'off'])
    .default('off')
    .describe('on: a line in the log for every request, with route, status, milliseconds and account.'),
})

export type Config = z.output<typeof schema>
