export default {
  navigation: {
    label: 'Main',
    open: 'Open the navigation',
    close: 'Close the navigation',
    skip: 'Skip to the content',
    start: 'Earshot, start',
  },
  /** The pages, in the navigation and in the browser’s tab. */
  pages: {
    transcribe: 'Transcribe',
    library: 'Library',
    batches: 'Batches',
    transcript: 'Transcript',
    keys: 'API keys',
    credits: 'Credits',
    posts: 'Posts',
    webhooks: 'Webhooks',
    settings: 'Settings',
    operator: 'Operator',
    login: 'Log in',
    join: 'Your login',
  },
  away: {
    title: 'The server does not answer',
    text: 'What you see may be out of date. What you have typed in transcripts is kept in this browser. We keep trying.',
  },
  missing: {
    title: 'There is no such page',
    text: 'The address may be mistyped, or what was here is gone.',
    start: 'To the start',
  },
  trouble: {
    title: 'This page could not be shown',
    noAnswer: 'The server does not answer. Is your connection up?',
    status: 'The server answered with an error ({status}).',
  },
  scheme: {
    light: 'Switch to light colours',
    dark: 'Switch to dark colours',
  },
  who: {
    label: 'Your login, and the way out',
    byProxy: 'Your proxy logs you in and out.',
    logOut: 'Log out',
    everywhere: 'Log out everywhere',
  },
  language: 'Language',
} as const
