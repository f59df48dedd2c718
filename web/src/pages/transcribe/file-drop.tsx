import { Box, Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { type FileRejection, useDropzone } from 'react-dropzone'
import { bytesWords } from '../parts/words.ts'
import classes from './file-drop.module.css'

interface FileDropProps {
  maxBytes: number
  onDrop(files: File[]): void
}

/** Where files are dropped, or chosen with a button. What is no media the server says. */
export function FileDrop({ maxBytes, onDrop }: FileDropProps) {
  const [refused, setRefused] = useState<readonly FileRejection[]>([])
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    maxSize: maxBytes,
    validator: (file) => (file.size === 0 ? { code: 'empty', message: 'is empty' } : null),
    onDrop: (accepted, rejections) => {
      setRefused(rejections)
      if (accepted.length > 0) onDrop(accepted)
    },
    // The button in it is what the keyboard reaches.
    noKeyboard: true,
  })
  return (
    <div>
      <Box {...getRootProps()} className={classes.drop} mod={{ over: isDragActive }}>
        <input {...getInputProps({ 'aria-label': 'Files' })} />
        <Stack align="center" gap="xs">
          <Text fw={600}>Drop audio or video files here</Text>
          <Button variant="default">Choose files</Button>
          <Text size="sm" c="dimmed" ta="center">
            As many as you like, each up to {bytesWords(maxBytes)}.
          </Text>
        </Stack>
      </Box>
      <div role="alert">
        {refused.map(({ file }) => (
          <Text key={file.name} size="sm" c="red" mt="xs">
            {file.size === 0
              ? `“${file.name}” is empty.`
              : `“${file.name}” has ${bytesWords(file.size)}; this server takes up to ${bytesWords(maxBytes)}.`}
          </Text>
        ))}
      </div>
    </div>
  )
}
