import { Anchor, EmptyState } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type Filters, isFiltered } from './filters.ts'

/** Why the list is empty. */
export const Nothing = ({ filters }: { filters: Filters }) =>
  isFiltered(filters) ? (
    <EmptyState py="xl" title="Nothing fits" description="Try fewer words, or another choice above." />
  ) : (
    <EmptyState py="xl" title="No transcripts yet" description="What you transcribe is kept here.">
      <Anchor component={Link} to="/">
        Transcribe something
      </Anchor>
    </EmptyState>
  )
