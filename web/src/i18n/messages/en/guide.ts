/** The guide of the first visit. */
export default {
  title: 'First steps',
  sample: {
    title: 'Try the sample',
    says: 'A short recording, put into the form above: press Transcribe, and see its text.',
    use: 'Use the sample',
    failed: 'The sample could not be loaded. Try again, or choose a file of yours.',
  },
  own: {
    title: 'Use your own recording',
    says: 'Drop a file on the form above, record something, or paste a link.',
  },
  key: {
    title: 'Make an API key',
    says: 'Programs and scripts send recordings with it. Each key says what it may do.',
    go: 'Go to API keys',
  },
} as const
