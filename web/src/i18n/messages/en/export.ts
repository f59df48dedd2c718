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
  film: {
    title: 'Video with subtitles',
    about:
      'The server draws the subtitles into the recording and makes an MP4 of it. You can leave this page meanwhile. The video is kept for {days, plural, one {# day} other {# days}}.',
    make: 'Make video',
    again: 'Make it again',
    stop: 'Stop',
    waiting: 'Waiting for its turn…',
    making: 'Making the video…',
    progress: 'Progress of the video',
    ready: 'The video is ready: {size}.',
    size: 'Size of the letters',
    sizes: {
      small: 'Small',
      medium: 'Medium',
      large: 'Large',
    },
    position: 'Position',
    positions: {
      bottom: 'Bottom',
      top: 'Top',
    },
  },
  fonts: {
    server: 'The server has no font for {scripts}',
    device: 'This device has no font for some of the letters: {scripts}',
    script: '{name} ({letters})',
    onServer:
      'The video would fail. Whoever runs the server can install what is lacking: {packages} on Debian or Ubuntu.',
    inPdf:
      'The PDF would show boxes in their place. Install a font that has them, such as Noto (fonts.google.com/noto), and reload this page, or print on another device.',
    inFile:
      'The file contains them, but looks right only on a device with such a font, for example Noto (fonts.google.com/noto).',
  },
  preview: {
    video: 'Preview of the subtitles',
    label: 'Preview',
  },
} as const
