import { Button } from '@mantine/core'
import type { Find } from './use-find.ts'

export const FindButton = ({ find }: { find: Find }) => (
  <Button size="sm" variant="default" onClick={() => find.setOpen(!find.open)} aria-expanded={find.open}>
    Find
  </Button>
)
