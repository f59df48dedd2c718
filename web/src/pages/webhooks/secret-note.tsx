import type { ReactNode } from 'react'
import { ShownOnce } from '../parts/shown-once.tsx'

interface SecretNoteProps {
  title: string
  secret: string
  children?: ReactNode
  onClose(): void
}

/** What the receiver checks signatures with. */
export const SecretNote = ({ title, secret, children, onClose }: SecretNoteProps) => (
  <ShownOnce title={title} value={secret} copy="Copy secret" hide="Hide the secret" onClose={onClose}>
    Your server checks each event’s signature with this secret; any Standard Webhooks library does it.{' '}
    {children}
  </ShownOnce>
)
