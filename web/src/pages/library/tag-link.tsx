import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'

/** A tag, linked to all transcripts that have it. */
export const TagLink = ({ tag }: { tag: string }) => {
  const t = useTranslations('archive')
  return (
    <Badge
      variant="default"
      size="sm"
      tt="none"
      fw={500}
      style={{ cursor: 'pointer' }}
      renderRoot={(root) => (
        <Link to="/library" search={{ tag }} aria-label={t('tags.link', { tag })} {...root} />
      )}
    >
      <bdi>{tag}</bdi>
    </Badge>
  )
}
