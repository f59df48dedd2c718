export default {
  failed: 'We could not load this transcript',
  footer: 'Made with <link>Earshot</link>. A machine heard this; it may have misheard.',
} as const
