import { Anchor, EmptyState } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type Filters, isBin, isFiltered } from './filters.ts'

/** Why the list is empty. */
export const Nothing = ({ filters }: { filters: Filters }) =>
  isBin(filters) && !isFiltered(filters) ? (
    <EmptyState py="xl" title="The bin is empty" description="What you delete can be restored from here." />
  ) : isFiltered(filters) ? (
    <EmptyState py="xl" title="Nothing fits" description="Try fewer words, or another choice above." />
  ) : (
    <EmptyState py="xl" title="No transcripts yet" description="What you transcribe is kept here.">
      <Anchor component={Link} to="/">
        Transcribe something
      </Anchor>
    </EmptyState>
  )
