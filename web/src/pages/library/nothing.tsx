import { Anchor, EmptyState } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { type Filters, isBin, isFiltered } from './filters.ts'

/** Why the list is empty. */
export const Nothing = ({ filters }: { filters: Filters }) => {
  const t = useTranslations('archive')
  return isBin(filters) && !isFiltered(filters) ? (
    <EmptyState py="xl" title={t('nothing.bin')} description={t('nothing.binSays')} />
  ) : isFiltered(filters) ? (
    <EmptyState py="xl" title={t('nothing.fits')} description={t('nothing.fitsSays')} />
  ) : (
    <EmptyState py="xl" title={t('nothing.none')} description={t('nothing.noneSays')}>
      <Anchor component={Link} to="/">
        {t('nothing.begin')}
      </Anchor>
    </EmptyState>
  )
}
