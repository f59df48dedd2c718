import { Paper, Skeleton, Stack, Textarea } from '@mantine/core'
import { type FormEvent, lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import type { CapabilitiesReply } from '../../../../src/contract/native.ts'
import { PLATFORM_NAMES } from '../../../../src/contract/platforms.ts'
import { withMessages } from '../../i18n/catalogue.ts'
import { useChosen } from './chosen.ts'
import type { Dropped } from './folders.ts'
import { linksIn } from './links.ts'
import { addFiles, isAwaited } from './uploads/uploads.ts'
import { useOrderLinks } from './use-order-links.ts'
import { useShared } from './use-shared.ts'
import { fulfillable, type Wishes } from './wishes.ts'

// What is heavy comes a moment later, into the room that is kept for it.
const FileDrop = lazy(
  withMessages(['order'], () => import('./file-drop.tsx').then(({ FileDrop }) => ({ default: FileDrop }))),
)
const Recordings = lazy(
  withMessages(['record'], () =>
    import('./recorder/recordings.tsx').then(({ Recordings }) => ({ default: Recordings })),
  ),
)
const WishFields = lazy(
  withMessages(['order'], () =>
    import('./wish-fields.tsx').then(({ WishFields }) => ({ default: WishFields })),
  ),
)
const OrderSummary = lazy(
  withMessages(['order', 'jobs'], () =>
    import('./order-summary.tsx').then(({ OrderSummary }) => ({ default: OrderSummary })),
  ),
)
const ChosenFiles = lazy(
  withMessages(['order'], () =>
    import('./chosen-files.tsx').then(({ ChosenFiles }) => ({ default: ChosenFiles })),
  ),
)

const platforms = (locale: string): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(Object.values(PLATFORM_NAMES))

interface OrderFormProps {
  capabilities: CapabilitiesReply
  /** A file that is put into the form. */
  offered: File | undefined
}

type NewFile = Dropped & { length?: number }

/** Takes what another app shared with the page, and each file that is offered on it, once. */
function useGiven(
  offered: File | undefined,
  setText: (text: string) => void,
  drop: (files: NewFile[]) => void,
): void {
  const take = (files: readonly File[]) => drop(files.map((file) => ({ file, path: file.name })))
  useShared(({ text, files }) => {
    setText(text)
    take(files)
  })
  const latest = useEffectEvent(take)
  useEffect(() => {
    if (offered) latest([offered])
  }, [offered])
}

/** What shall be transcribed, how, and what it costs. */
export function OrderForm({ capabilities, offered }: OrderFormProps) {
  const t = useTranslations('transcribe')
  const [text, setText] = useState('')
  const [wishes, setWishes] = useState<Wishes>({})
  const files = useChosen()
  const { links, unclear } = linksIn(text)
  const order = useOrderLinks(setText)

  const drop = (dropped: readonly NewFile[]) => {
    // What was begun before the page was loaded anew goes on as it was.
    addFiles(
      dropped.filter(({ file }) => isAwaited(file)),
      {},
    )
    files.add(dropped.filter(({ file }) => !isAwaited(file)))
  }
  useGiven(offered, setText, drop)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { mode, ...ofFiles } = fulfillable(capabilities, wishes)
    addFiles(files.chosen, ofFiles)
    files.clear()
    order.mutate({ links, unclear, wishes: { ...ofFiles, ...(mode && { mode }) } })
  }
  return (
    <Paper withBorder p="md" component="section" aria-label={t('order.label')}>
      <form onSubmit={submit}>
        <Stack>
          <Suspense fallback={<Skeleton h={150} />}>
            <FileDrop maxBytes={capabilities.maxUploadBytes} onDrop={drop} />
          </Suspense>
          <Suspense fallback={<Skeleton h={82} />}>
            <Recordings
              chosen={files.chosen}
              onUse={(file, length) => drop([{ file, path: file.name, length }])}
            />
          </Suspense>
          {files.chosen.length > 0 && (
            <Suspense>
              <ChosenFiles chosen={files.chosen} onRemove={files.remove} onClear={files.clear} />
            </Suspense>
          )}
          <Textarea
            label={t('order.links')}
            description={t('order.linksSay', { platforms: platforms(useLocale()) })}
            placeholder="https://…"
            autosize
            minRows={1}
            maxRows={8}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={unclear.length > 0 && t('order.noLink', { text: unclear.join(' ') })}
          />
          <Suspense fallback={<Skeleton h={60} />}>
            <WishFields
              capabilities={capabilities}
              wishes={wishes}
              hasLinks={links.length > 0}
              onChange={setWishes}
            />
          </Suspense>
          <Suspense fallback={<Skeleton h={42} />}>
            <OrderSummary
              {...{ capabilities, wishes, links }}
              chosen={files.chosen}
              isPending={order.isPending}
              refused={order.data ?? []}
            />
          </Suspense>
        </Stack>
      </form>
    </Paper>
  )
}
