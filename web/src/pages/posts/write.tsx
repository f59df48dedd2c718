import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { DraftReply } from '../../../../src/contract/posts.ts'
import { Form } from '../parts/form.tsx'
import { AccountChoice } from './account-choice.tsx'
import { useWriteDraft } from './data.ts'

/** A post from nothing. */
export function Write({ onMade, onCancel }: { onMade(draft: DraftReply): void; onCancel(): void }) {
  const t = useTranslations('posts')
  const [accountIds, setAccountIds] = useState<string[]>([])
  const [text, setText] = useState('')
  const write = useWriteDraft()
  return (
    <Form
      action={t('make.do')}
      pending={write.isPending}
      error={write.error}
      disabled={accountIds.length === 0 || text.trim() === ''}
      onSubmit={() => write.mutate({ accountIds, text: text.trim() }, { onSuccess: onMade })}
      onCancel={onCancel}
    >
      <AccountChoice value={accountIds} onChange={setAccountIds} />
      <Textarea
        label={t('make.text')}
        description={t('make.textSays')}
        autosize
        minRows={4}
        maxRows={12}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </Form>
  )
}
