import { Button, Modal } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { withMessages } from '../../i18n/catalogue.ts'
import { useSession } from '../../session.ts'
import type { Quote } from './quote/quote.ts'

const DraftTranscript = lazy(
  withMessages(['posts'], () =>
    import('../posts/draft-transcript.tsx').then(({ DraftTranscript }) => ({ default: DraftTranscript })),
  ),
)

/** Makes a draft of the transcript. Posting is the owners' affair. @param disabled until the server has what was typed */
export function Post({ id, quote, disabled }: { id: string; quote: Quote | undefined; disabled: boolean }) {
  const t = useTranslations('transcript')
  const { user } = useSession()
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  if (user.role !== 'owner') return null
  return (
    <>
      <Button size="sm" variant="default" disabled={disabled} onClick={() => setOpened(true)}>
        {t('toolbar.post')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('toolbar.postTitle')}>
        <Suspense>
          <DraftTranscript id={id} quote={quote} onCancel={close} />
        </Suspense>
      </Modal>
    </>
  )
}
