import { useTranslations } from 'use-intl'
import type { CreateKeyReply } from '../../../../src/contract/account.ts'
import { ShownOnce } from '../parts/shown-once.tsx'

/** The one time that a key can be read. */
export const FreshKey = ({ created, onClose }: { created: CreateKeyReply; onClose(): void }) => {
  const t = useTranslations('keys')
  return (
    <ShownOnce
      title={t('fresh.title', { name: created.name })}
      value={created.apiKey}
      copy={t('fresh.copy')}
      hide={t('fresh.hide')}
      onClose={onClose}
    >
      {t('fresh.says')}
    </ShownOnce>
  )
}
