import { Button, EmptyState, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import type { WebhookWithSecret } from '../../../../src/contract/native.ts'
import { Loaded } from '../parts/loaded.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useCreateWebhook, useWebhooks } from './data.ts'
import { Endpoint } from './endpoint.tsx'
import { EndpointForm } from './endpoint-form.tsx'
import { SecretNote } from './secret-note.tsx'

export function WebhooksPage() {
  const webhooks = useWebhooks()
  const [adding, setAdding] = useState(false)
  const [fresh, setFresh] = useState<WebhookWithSecret>()
  return (
    <Stack gap="lg">
      <PageHead
        title="Webhooks"
        says="Your server is told when a transcription has ended, so it need not ask."
      >
        <Button onClick={() => setAdding(true)}>Add endpoint</Button>
      </PageHead>
      {fresh && (
        <SecretNote title="The endpoint is ready" secret={fresh.secret} onClose={() => setFresh(undefined)} />
      )}
      <Loaded query={webhooks} failed="We could not load your webhooks">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState
              title="No endpoints yet"
              description="Add the address of your server. Events are signed, and tried again for days until it answers."
            />
          ) : (
            items.map((endpoint) => <Endpoint key={endpoint.id} endpoint={endpoint} />)
          )
        }
      </Loaded>
      <Modal opened={adding} onClose={() => setAdding(false)} title="Add endpoint">
        <Add
          onClose={() => setAdding(false)}
          onAdded={(endpoint) => {
            setFresh(endpoint)
            setAdding(false)
          }}
        />
      </Modal>
    </Stack>
  )
}

function Add({ onClose, onAdded }: { onClose(): void; onAdded(endpoint: WebhookWithSecret): void }) {
  const create = useCreateWebhook()
  return (
    <EndpointForm
      action="Add endpoint"
      pending={create.isPending}
      error={create.error}
      onSubmit={(endpoint) => create.mutate(endpoint, { onSuccess: onAdded })}
      onCancel={onClose}
    />
  )
}
