import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ShownOnce } from '../parts/shown-once.tsx'

interface SecretNoteProps {
  title: string
  secret: string
  children?: ReactNode
  onClose(): void
}

/** What the receiver checks signatures with. */
export const SecretNote = ({ title, secret, children, onClose }: SecretNoteProps) => {
  const t = useTranslations('webhooks')
  return (
    <ShownOnce title={title} value={secret} copy={t('secret.copy')} hide={t('secret.hide')} onClose={onClose}>
      {t('secret.says')} {children}
    </ShownOnce>
  )
}
