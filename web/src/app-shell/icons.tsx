/** Line drawings for the navigation: 20 by 20, in the colour of the text. They say nothing that words do not. */
const PATHS = {
  transcribe: 'M3 8.5v3M6.5 5.5v9M10 7.5v5M13.5 3.5v13M17 8.5v3',
  library: 'M4 4h12M4 8h12M4 12h12M4 16h7',
  batches: 'M4 4.5h9v9H4zM7 16.5h9.5V7M6.5 7.5h4M6.5 10.5h4',
  posts: 'M3 4.5h14v9H9.5L6 16.5v-3H3zM6.5 8h7M6.5 10.5h4',
  keys: 'M8.5 11.5a3.5 3.5 0 1 1 0-5 3.5 3.5 0 0 1 0 5ZM9 9h8M14.5 9v3M17 9v2',
  credits: 'M3 15.5h14M5 15v-4M9 15V5M13 15V8M16.5 15v-2',
  webhooks: 'M4 10h9M10 6.5 13.5 10 10 13.5M16.5 4v12',
  settings:
    'M3 6h8M15 6h2M3 14h2M9 14h8M13 4.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6ZM7 12.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
  operator: 'M3.5 4.5h13v4h-13zM3.5 11.5h13v4h-13zM6 6.5h.01M6 13.5h.01',
  light:
    'M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  dark: 'M16.5 11.8A7 7 0 0 1 8.2 3.5a7 7 0 1 0 8.3 8.3Z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={20}
      height={20}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
