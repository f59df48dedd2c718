export default {
  email: 'E-mail address',
  password: 'Password',
  logIn: 'Log in',
  says: 'With the e-mail address and password of your login.',
  ended:
    'Your session has ended. Log in to continue: what you typed in a transcript is kept in this browser.',
  join: {
    title: 'Make your login',
    here: 'For this Earshot.',
    operator: 'You will look after this Earshot: its models, its accounts, and your own transcripts.',
    account: 'You are invited to the account “{account}”.',
    incomplete: 'This address is incomplete. Open the whole link, with what follows the #.',
    failed: 'We could not load your invitation',
    name: 'Your name',
    emailSays: 'You log in with it. No mail is sent to it.',
    passwordSays: 'At least 10 characters. A few words are good.',
    submit: 'Make login',
  },
} as const
