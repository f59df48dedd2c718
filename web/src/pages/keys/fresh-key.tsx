import type { CreateKeyReply } from '../../../../src/contract/account.ts'
import { ShownOnce } from '../parts/shown-once.tsx'

/** The one time that a key can be read. */
export const FreshKey = ({ created, onClose }: { created: CreateKeyReply; onClose(): void }) => (
  <ShownOnce
    title={`The key “${created.name}” is ready`}
    value={created.apiKey}
    copy="Copy key"
    hide="Hide the key"
    onClose={onClose}
  >
    Copy it now and keep it like a password: it is not shown again. The examples below use it already.
  </ShownOnce>
)
