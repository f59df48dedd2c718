export default {
  label: 'Or record',
  /** With the date after it. */
  fileName: 'Recording',
  kept: 'It is kept in this browser until it has been uploaded.',
  source: {
    microphone: 'Microphone',
    tab: 'Sound of a tab',
    both: 'Tab and microphone',
  },
  which: 'Which microphone',
  asking: {
    microphone: 'Your browser asks whether this page may use the microphone.',
    tab: 'Choose a tab, and switch on its sound.',
  },
  recording: {
    microphone: 'Recording the microphone',
    tab: 'Recording a tab',
    both: 'Recording a tab and the microphone',
  },
  paused: 'Paused',
  length: 'Recorded so far',
  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop recording',
  silent: {
    microphone: 'Nothing can be heard. Is the right microphone chosen, and is it on?',
    tab: 'Nothing can be heard. Does the tab play something?',
  },
  elsewhere: {
    ready: 'The recording is ready.',
    transcribe: 'Transcribe',
  },
  keeping: 'What is recorded is kept in this browser as you go. Nothing is sent before you press Transcribe.',
  notKept: {
    title: 'This browser has no more room',
    text: 'The rest of this recording is lost if the tab is closed. Stop soon, and transcribe what you have.',
  },
  problemTitle: 'Nothing is recorded',
  problem: {
    insecure:
      'Browsers let a page record only if its address begins with https://, or with http://localhost on the computer that runs Earshot. Open Earshot at such an address.',
    unable: 'This browser cannot record. Try a current version of Chrome, Edge, Firefox or Safari.',
    noPermission:
      'The browser does not let this page use the microphone. Allow it in the settings beside the address, and try again.',
    noMicrophone: 'There is no microphone. Connect one, and try again.',
    microphoneBusy: 'The microphone does not answer. Another program may be using it.',
    nothingShared: 'No tab was shared.',
    noSoundShared:
      'The tab was shared without its sound. Try again, and switch on “Also share tab audio”. Firefox and Safari cannot share sound: use Chrome or Edge.',
    failed: 'The browser could not record. Try again.',
  },
  left: {
    title: 'Recordings that were not uploaded',
    says: 'They are only in this browser.',
    use: 'Choose',
    useNamed: 'Choose: {name}',
    listen: 'Listen',
    listenNamed: 'Listen to: {name}',
    delete: 'Delete',
    deleteNamed: 'Delete: {name}',
    ask: 'Delete this recording?',
    gone: '“{name}” was not uploaded. It cannot be brought back.',
    deleteForGood: 'Delete recording',
    save: 'Save as a file',
    unreadable: 'The browser could not read this recording.',
  },
} as const
