export default {
  dialog: {
    title: 'Download',
    format: 'Format',
    lineLength: 'Characters per line',
    lines: 'Lines at a time',
    fps: 'Frames per second',
    speakers: 'Speakers',
    times: 'Times',
    pdf: 'PDF, by printing',
    print: 'Print or save as PDF',
    cancel: 'Cancel',
  },
  preview: {
    video: 'Preview of the subtitles',
    label: 'Preview',
    failed: 'The preview could not be loaded.',
  },
} as const
