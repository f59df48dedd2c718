import { Button, Group } from '@mantine/core'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { Downloads } from '../parts/downloads.tsx'
import { CopyAll } from './copy-all.tsx'
import { exportUrl } from './data.ts'
import { Delete } from './delete.tsx'
import type { Segments } from './editor/segments.ts'
import { FindButton } from './find-button.tsx'
import { Post } from './post.tsx'
import type { Quote } from './quote/quote.ts'
import { Share } from './share.tsx'
import type { Find } from './use-find.ts'

interface ToolbarProps {
  id: string
  /** What the segments are now. */
  read(): Segments
  finding: boolean
  setFinding: Find['setOpen']
  /** Whether the server has all that was typed. */
  saved: boolean
  mediaId: string | undefined
  /** The recording's address if it is a video. */
  video: string | undefined
  quote: Quote | undefined
  /** Undefined: nothing else was there before, or it is shown. */
  onOriginal: (() => void) | undefined
}

/** What can be done with the whole transcript. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps) {
  const { id, read, finding, setFinding, saved, mediaId, video, quote, onOriginal } = props
  const t = useTranslations('transcript')
  return (
    <Group gap="xs">
      <FindButton open={finding} setOpen={setFinding} />
      <CopyAll read={read} />
      <Downloads
        url={(format) => exportUrl(id, format)}
        video={video}
        film={mediaId && id}
        note={saved ? undefined : t('toolbar.unsaved')}
      />
      <Share id={id} quote={quote} />
      <Post id={id} quote={quote} disabled={!saved} />
      {onOriginal && (
        <Button size="sm" variant="default" disabled={!saved} onClick={onOriginal}>
          {t('toolbar.original')}
        </Button>
      )}
      <Delete id={id} mediaId={mediaId} />
    </Group>
  )
})
