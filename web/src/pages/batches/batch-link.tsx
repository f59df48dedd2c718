import { Anchor, type AnchorProps } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** To a batch. */
export const BatchLink = ({ id, children, ...props }: AnchorProps & { id: string; children: ReactNode }) => (
  <Anchor {...props} renderRoot={(root) => <Link to="/batches" search={{ batch: id }} {...root} />}>
    {children}
  </Anchor>
)
