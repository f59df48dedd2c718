export default {
  says: 'Speech in recordings and videos becomes text with times.',
  failed: 'We could not load what this server can do',
  noModel: {
    title: 'No speech model is at work',
    text: 'What you send waits until there is one.',
  },
  standIn: {
    title: 'A rough model is at work',
    text: 'It is there to try things out: expect many wrong words.',
  },
  models: {
    install: 'Install a better one',
    operator: 'The operator of this server can install a better one.',
  },
  order: {
    label: 'What to transcribe',
    links: 'Or paste links',
    linksSay: 'To videos on {platforms}, or to media files. As many as you like; other text is ignored.',
    noLink: 'This is no link: {text}',
  },
  notLoaded: 'A part of this page could not be loaded. Is your connection up? Try again.',
} as const
