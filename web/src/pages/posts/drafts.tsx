import { Anchor, Button, EmptyState, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DraftReply } from '../../../../src/contract/posts.ts'
import { Confirm } from '../parts/confirm.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { When } from '../parts/when.tsx'
import { useDrafts, useRemoveDraft } from './data.ts'

export function Drafts() {
  const t = useTranslations('posts')
  const drafts = useDrafts()
  return (
    <Loaded query={drafts} failed={t('drafts.failed')}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={t('drafts.none')} description={t('drafts.noneSays')} />
        ) : (
          <Rows label={t('tabs.drafts')}>
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
  const t = useTranslations('posts')
  const [asking, setAsking] = useState(false)
  const remove = useRemoveDraft()
  const says = thread[0] ?? ''
  return (
    <Row
      actions={
        <Button
          size="xs"
          variant="default"
          aria-label={t('drafts.removeNamed', { text: says.slice(0, 60) })}
          onClick={() => setAsking(true)}
        >
          {t('accounts.remove')}
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
        {thread.length > 1 && `${t('drafts.thread', { count: thread.length })} `}
        {t.rich('drafts.changed', { when: () => <When at={updatedAt} /> })}
      </Text>
      <Confirm
        opened={asking}
        title={t('drafts.removeAsk')}
        action={t('drafts.removeDo')}
        run={() => remove.mutateAsync(id)}
        onClose={() => setAsking(false)}
      >
        {t('drafts.removeSays')}
      </Confirm>
    </Row>
  )
}
