/** The guide of the first visit. */
export default {
  title: 'First steps',
  sample: {
    title: 'Try the sample',
    says: 'Puts a short recording into the form above. Press Transcribe to see its text.',
    use: 'Use the sample',
  },
  own: {
    title: 'Use your own recording',
    says: 'Choose a file above, record something, or paste a link.',
  },
  key: {
    title: 'Make an API key',
    says: 'Programs and scripts send recordings with it. Each key says what it may do.',
    go: 'Go to API keys',
  },
} as const
