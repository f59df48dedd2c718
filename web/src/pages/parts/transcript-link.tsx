import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface TranscriptLinkProps extends AnchorProps {
  id: string
  /** The moment to go to, seconds. */
  at?: number
  /** Words to mark there. */
  find?: string
  children: ReactNode
}

/** To a transcript, or to a moment in it. */
export function TranscriptLink({ id, at, find, children, ...props }: TranscriptLinkProps) {
  return (
    <Anchor
      style={{ overflowWrap: 'anywhere' }}
      {...props}
      renderRoot={(root) => (
        <Link
          to="/transcripts/$id"
          params={{ id }}
          search={{ ...(at !== undefined && { t: at }), ...(find && { q: find }) }}
          {...root}
        />
      )}
    >
      {children}
    </Anchor>
  )
}
