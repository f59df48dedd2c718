import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { type FileRejection, useDropzone } from 'react-dropzone'
import { useTranslations } from 'use-intl'
import { bytesWords } from '../parts/words.ts'
import classes from './file-drop.module.css'
import { type Dropped, sortOut } from './folders.ts'
import { LeftOut } from './left-out.tsx'

interface FileDropProps {
  maxBytes: number
  onDrop(files: Dropped[]): void
}

/** Where files and folders are dropped, or chosen with a button. What is no media of single files the server says. */
export function FileDrop({ maxBytes, onDrop }: FileDropProps) {
  const t = useTranslations('order')
  const [refused, setRefused] = useState<readonly File[]>([])
  const [leftOut, setLeftOut] = useState<readonly Dropped[]>([])

  const take = async (files: readonly File[]): Promise<void> => {
    const sorted = await sortOut(files)
    const fits = ({ file }: Dropped): boolean => file.size > 0 && file.size <= maxBytes
    setLeftOut(sorted.leftOut)
    setRefused(sorted.taken.filter((each) => !fits(each)).map(({ file }) => file))
    const taken = sorted.taken.filter(fits)
    if (taken.length > 0) onDrop(taken)
  }
  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    onDrop: (files, rejections: FileRejection[]) =>
      void take([...files, ...rejections.map(({ file }) => file)]),
    // The buttons in it are what the keyboard reaches.
    noKeyboard: true,
  })
  return (
    <div>
      <Box {...getRootProps()} className={classes.drop} mod={{ over: isDragActive }}>
        <input {...getInputProps({ 'aria-label': t('files.label') })} />
        <Stack align="center" gap="xs">
          <Text fw={600} ta="center">
            {t('files.drop')}
          </Text>
          <Group gap="xs" justify="center">
            <Button variant="default">{t('files.choose')}</Button>
            <FolderButton onChosen={(files) => void take(files)} />
          </Group>
          <Text size="sm" c="dimmed" ta="center">
            {t('files.limit', { size: bytesWords(maxBytes) })}
          </Text>
        </Stack>
      </Box>
      <div role="alert">
        {refused.map((file) => (
          <Text key={file.name} size="sm" c="red" mt="xs">
            {file.size === 0
              ? t('files.empty', { name: file.name })
              : t('files.tooLarge', {
                  name: file.name,
                  size: bytesWords(file.size),
                  limit: bytesWords(maxBytes),
                })}
          </Text>
        ))}
        {leftOut.length > 0 && <LeftOut files={leftOut} />}
      </div>
    </div>
  )
}

/** Nothing where the browser knows no folders, as on older phones. */
function FolderButton({ onChosen }: { onChosen(files: File[]): void }) {
  const t = useTranslations('order')
  if (!('webkitdirectory' in HTMLInputElement.prototype)) return null
  return (
    <Button
      variant="default"
      onClick={(event) => {
        // The surface around it opens the dialog for files.
        event.stopPropagation()
        chooseFolder(onChosen)
      }}
    >
      {t('files.folder')}
    </Button>
  )
}

function chooseFolder(onChosen: (files: File[]) => void): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.webkitdirectory = true
  input.onchange = () => onChosen([...(input.files ?? [])])
  input.click()
}
