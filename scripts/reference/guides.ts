/** The pages of docs/ that belong to the documentation, in its order. What is for contributors only stays there. */
export const GUIDES: Record<string, readonly string[]> = {
  Start: ['moving', 'client', 'limits', 'errors', 'webhooks', 'transcripts', 'batches', 'social-video'],
  APIs: [
    'api-native',
    'api-openai',
    'api-soku',
    'api-soscripted',
    'api-deepgram',
    'api-asr',
    'api-inference',
    'mcp',
  ],
  Operating: [
    'configuration',
    'containers',
    'operating',
    'engines',
    'models',
    'money',
    'security',
    'architecture',
    'licences',
  ],
}
