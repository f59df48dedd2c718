import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useTranslations } from 'use-intl'
import type { Find } from './use-find.ts'

export function FindButton({ find }: { find: Find }) {
  const t = useTranslations('transcript')
  // The browser's own would find only the lines in sight. Asked twice, it comes all the same.
  useHotkeys([['mod+F', () => find.setOpen(true), { preventDefault: !find.open }]], [])
  return (
    <Button size="sm" variant="default" onClick={() => find.setOpen(!find.open)} aria-expanded={find.open}>
      {t('toolbar.find')}
    </Button>
  )
}
