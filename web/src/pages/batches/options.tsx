import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Loaded } from '../parts/loaded.tsx'
import { capabilitiesQuery } from '../transcribe/data.ts'
import { WishFields } from '../transcribe/wish-fields.tsx'
import { fulfillable, type Wishes } from '../transcribe/wishes.ts'

/** How all recordings of a batch or a subscription are transcribed. */
export function Options({ wishes, onChange }: { wishes: Wishes; onChange(wishes: Wishes): void }) {
  const t = useTranslations('batches')
  const capabilities = useQuery(capabilitiesQuery)
  return (
    <Loaded query={capabilities} failed={t('failed.server')}>
      {(server) => (
        <WishFields
          capabilities={server}
          wishes={wishes}
          hasLinks
          onChange={(chosen) => onChange(fulfillable(server, chosen))}
        />
      )}
    </Loaded>
  )
}
