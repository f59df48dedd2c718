/** The chapters of the document, in its order. */
export const TAGS = {
  Transcriptions: 'Create transcriptions, follow them, and read, edit, export and search their texts.',
  Archive: 'Tags, the bin, receipts for deleted transcriptions, and the account’s retention rules.',
  Batches: 'Many transcriptions in one request, and their results in one download.',
  Subscriptions: 'Playlists, channels and feeds whose new entries are transcribed.',
  Comments: 'Comments on passages of a transcript, for the people of the account.',
  'Share links': 'Links that show one transcript to readers without a login.',
  Media: 'The account’s media library.',
  Uploads: 'Large files in pieces that can be resumed, as tus 1.0 describes.',
  Webhooks: 'Endpoints of yours that are told when a transcription or a post ends.',
  Posts: 'Drafts of transcripts and posts on other platforms.',
  Keys: 'API keys: create, list and revoke.',
  Credits: 'Balance, ledger, usage and purchases.',
  OpenAI:
    'OpenAI’s audio API. The same operations answer under `/openai/v1`, where Groq’s client looks for them.',
  Soku: 'Soku’s API.',
  SoScripted: 'SoScripted’s API.',
  Deepgram: 'Deepgram’s API for recordings. `EARSHOT_APIS_OFF=listen` turns it off.',
  'whisper-asr-webservice': 'The API that Bazarr speaks. `EARSHOT_APIS_OFF=asr` turns it off.',
  'whisper.cpp': 'The API of whisper.cpp’s server. `EARSHOT_APIS_OFF=inference` turns it off.',
  MCP: 'Tools for assistants. `EARSHOT_APIS_OFF=mcp` turns them off.',
  Runners: 'What `earshot runner` asks: machines elsewhere that hear parts of recordings.',
  Operation: 'Health, metrics and this document. No key is needed.',
  Dashboard: 'The dashboard’s own server side, with its session cookie. Programs use `/v1`.',
  Operator: 'The dashboard’s part for whoever runs the installation.',
} as const

/** A chapter; or the dashboard’s twin of one, with the same operations. */
export type Tag = keyof typeof TAGS | `Dashboard: ${keyof typeof TAGS}`

/** Those that occur. */
export function describeTags(tags: Iterable<Tag>): { name: string; description: string }[] {
  const used = new Set(tags)
  const twins = [...used].filter((tag) => tag.startsWith('Dashboard: '))
  return [
    ...Object.entries(TAGS)
      .filter(([name]) => used.has(name as Tag))
      .map(([name, description]) => ({ name, description })),
    ...twins.map((name) => ({
      name,
      description: `“${name.slice('Dashboard: '.length)}” once more, for the dashboard and its session cookie.`,
    })),
  ]
}
