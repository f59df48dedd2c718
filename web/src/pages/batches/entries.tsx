import { Stack, Text } from '@mantine/core'
import { useTranslations } from 'use-intl'
import type { SubscriptionEntry } from '../../../../src/contract/subscriptions.ts'
import { Loaded } from '../parts/loaded.tsx'
import { More } from '../parts/more.tsx'
import { Rows } from '../parts/rows.tsx'
import { clock } from '../parts/words.ts'
import { useEntries } from './data.ts'
import { Recording } from './recording.tsx'

/** What a subscription has found, the newest first, what became of it, and how much it left out. */
export function Entries({ id }: { id: string }) {
  const all = useTranslations('batches')
  const t = useTranslations('batches.subscriptions.entries')
  const entries = useEntries(id)
  const items = entries.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack>
      <Loaded query={entries} failed={t('failed')}>
        {({ pages: [first] }) => (
          <>
            {first !== undefined && first.skipped > 0 && (
              <Text size="sm" c="dimmed">
                {t('skipped', { count: first.skipped })}
              </Text>
            )}
            {items.length === 0 ? (
              <Text>{t('none')}</Text>
            ) : (
              <Rows label={all('items.label')}>
                {items.map((entry) => (
                  <Entry key={entry.url + entry.foundAt} entry={entry} />
                ))}
              </Rows>
            )}
          </>
        )}
      </Loaded>
      <More query={entries} label={all('items.more')} />
    </Stack>
  )
}

function Entry({
  entry: { title, url, durationSeconds, state, transcriptionId, error },
}: {
  entry: SubscriptionEntry
}) {
  const t = useTranslations('batches')
  const says = state === 'waiting' ? t('subscriptions.entries.waiting') : t(`items.states.${state}`)
  return (
    <Recording
      name={title ?? url}
      transcriptionId={state === 'succeeded' ? transcriptionId : null}
      says={[durationSeconds !== null && clock(durationSeconds), says].filter(Boolean).join(' · ')}
      error={error}
    />
  )
}
