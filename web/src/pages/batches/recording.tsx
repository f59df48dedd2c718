import { Text } from '@mantine/core'
import { ErrorWords } from '../parts/error-words.tsx'
import { Row } from '../parts/rows.tsx'
import { TranscriptLink } from '../parts/transcript-link.tsx'

interface RecordingProps {
  name: string
  /** Of its transcript, once that is there. */
  transcriptionId: string | null
  says: string
  error: { code: string; message: string } | null
}

/** One of many: its transcript if there is one, how it is, and why it failed. */
export const Recording = ({ name, transcriptionId, says, error }: RecordingProps) => (
  <Row>
    <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {transcriptionId === null ? name : <TranscriptLink id={transcriptionId}>{name}</TranscriptLink>}
    </Text>
    <Text size="sm" c="dimmed">
      {says}
    </Text>
    {error && (
      <Text size="sm">
        <ErrorWords error={error} />
      </Text>
    )}
  </Row>
)
