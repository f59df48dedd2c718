import { Button, type ButtonProps } from '@mantine/core'
import { useTranslations } from 'use-intl'

interface MoreProps extends Pick<ButtonProps, 'size'> {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): Promise<unknown> }
  label?: string
}

/** Loads the next page of a list; nothing if there is none. */
export const More = ({ query, label, size }: MoreProps) => {
  const t = useTranslations('parts')
  return (
    query.hasNextPage && (
      <Button
        variant="default"
        size={size}
        loading={query.isFetchingNextPage}
        onClick={() => void query.fetchNextPage()}
      >
        {label ?? t('showMore')}
      </Button>
    )
  )
}
