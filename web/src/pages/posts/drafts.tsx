import { Anchor, Button, EmptyState, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DraftReply } from '../../../../src/contract/posts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { useDrafts, useRemoveDraft } from './data.ts'

export function Drafts() {
  const drafts = useDrafts()
  return (
    <Loaded query={drafts} failed="We could not load the drafts">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState
            title="No drafts"
            description="Open a transcript and choose “Post”, or write a post here."
          />
        ) : (
          <Rows label="Drafts">
            {items.map((draft) => (
              <Draft key={draft.id} draft={draft} />
            ))}
          </Rows>
        )
      }
    </Loaded>
  )
}

function Draft({ draft: { id, thread, updatedAt } }: { draft: DraftReply }) {
  const [asking, setAsking] = useState(false)
  const remove = useRemoveDraft()
  const says = thread[0] ?? ''
  return (
    <Row
      actions={
        <Button
          size="xs"
          variant="default"
          aria-label={`Remove draft: ${says.slice(0, 60)}`}
          onClick={() => setAsking(true)}
        >
          Remove
        </Button>
      }
    >
      <Anchor
        lineClamp={2}
        dir="auto"
        renderRoot={(root) => <Link to="/posts" search={{ draft: id }} {...root} />}
      >
        {says}
      </Anchor>
      <Text size="sm" c="dimmed">
        {thread.length > 1 && <>A thread of {thread.length} posts. </>}
        Changed <When at={updatedAt} />.
      </Text>
      <Confirm
        opened={asking}
        title="Remove this draft?"
        action="Remove draft"
        run={() => remove.mutateAsync(id)}
        onClose={() => setAsking(false)}
      >
        It cannot be brought back.
      </Confirm>
    </Row>
  )
}
