import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'

/** A tag, linked to all transcripts that have it. */
export const TagLink = ({ tag }: { tag: string }) => (
  <Badge
    variant="default"
    size="sm"
    tt="none"
    fw={500}
    style={{ cursor: 'pointer' }}
    renderRoot={(root) => <Link to="/library" search={{ tag }} aria-label={`Tag ${tag}`} {...root} />}
  >
    <bdi>{tag}</bdi>
  </Badge>
)
