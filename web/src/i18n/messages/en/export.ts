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
    noFont: 'The server has no font for {scripts}',
    script: '{name} ({letters})',
    installFont:
      'The video would fail. Whoever runs the server can install a font, such as the packages fonts-noto-core and fonts-noto-cjk on Debian or Ubuntu.',
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
  preview: {
    video: 'Preview of the subtitles',
    label: 'Preview',
  },
} as const
