import { Title } from '@mantine/core'

export function OperatorPage() {
  return (
    <Title order={1} size="h2">
      Operator
    </Title>
  )
}
