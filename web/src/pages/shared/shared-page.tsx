import { Title } from '@mantine/core'

export function SharedPage() {
  return (
    <Title order={1} size="h2">
      Transcript
    </Title>
  )
}
